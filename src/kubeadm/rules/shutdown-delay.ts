import type { Rule } from "../../config/rule.ts";
import { findArgument } from "../arguments.ts";
import { shutdownDelayText } from "../cluster-configuration.ts";
import { goSeconds } from "../go-duration.ts";
import { placeOf, problemAt } from "./at.ts";

/** The API server must be done with stopping before the kubelet kills it. */
export const shutdownDelay: Rule = {
  id: "kubeadm-shutdown-delay",
  summary: "shutdown-delay-duration is a Go duration below the 30 s of grace of the API server's pod",
  reason:
    "the kubelet kills the pod after its grace period: a longer delay cuts every request instead of ending them (https://github.com/kubernetes/kubernetes/pull/88954)",
  check(spec) {
    const place = placeOf(spec, "ClusterConfiguration", ["apiServer", "extraArgs"]);
    const argument = findArgument(place?.value, "shutdown-delay-duration");
    if (place === undefined || argument === undefined) return [];
    const seconds = goSeconds(argument.value);
    const remedy = `write ${shutdownDelayText}, or remove it: ${shutdownDelayText} is added`;
    const at = { ...place, path: [...place.path, ...argument.steps] };
    if (seconds === undefined)
      return [problemAt(at, { severity: "error", message: `"${argument.value}" is not a Go duration`, remedy })];
    return seconds >= 30
      ? [
          problemAt(at, {
            severity: "error",
            message: `${argument.value} is not below the 30 s after which the kubelet kills the pod`,
            remedy,
          }),
        ]
      : [];
  },
};
