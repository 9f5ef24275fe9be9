import { scalarText } from "../../readers/yaml-part.ts";
import { hitAt } from "../hit.ts";
import { staticPodRule } from "./static-pods.ts";

export const PD10 = staticPodRule({
  id: "PD10",
  name: "priority",
  severity: "warning",
  summary: "priorityClassName and priority stand together, and fit.",
  reason:
    "for a static pod nobody looks the class up, so at shutdown it would go first, and a number without its class makes the API server refuse the mirror: https://github.com/kubernetes/kubernetes/pull/114338",
  remedy: "set priorityClassName: system-node-critical and priority: 2000001000",
  check: ({ spec }) => {
    const name = spec.at("priorityClassName");
    const number = spec.at("priority");
    const fitting = name.text === undefined ? undefined : classes[name.text];
    if (name.exists && !number.exists)
      return [hitAt(name, `${name.text ?? "the class"} without a number: at shutdown the kubelet stops the pod first`)];
    if (number.exists && !name.exists)
      return [
        hitAt(
          number,
          `priority ${scalarText(number) ?? ""} without its class: the API server refuses the pod's mirror`,
        ),
      ];
    return fitting !== undefined && number.value !== fitting
      ? [hitAt(number, `priority ${scalarText(number) ?? ""} is not that of ${name.text}, ${fitting}`)]
      : [];
  },
});

// https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/
const classes: Readonly<Record<string, number>> = {
  "system-node-critical": 2_000_001_000,
  "system-cluster-critical": 2_000_000_000,
};
