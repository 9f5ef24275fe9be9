import { hitAt } from "../hit.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV18 = kubeVipRule({
  id: "KV18",
  name: "pull-policy",
  aliases: ["IMG-PULL-ALWAYS"],
  severity: "warning",
  summary: "kube-vip's image is pulled only if it is not there.",
  reason:
    "without the registry, which may be behind the virtual IP itself, a node that starts has no kube-vip: https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",
  remedy: "set imagePullPolicy: IfNotPresent",
  check: ({ container, image }) => {
    const policy = container.part.at("imagePullPolicy");
    if (policy.text === "Always") return [hitAt(policy, "the image is pulled at every start")];
    return !policy.exists && image.digest === undefined && (image.tag === undefined || image.tag === "latest")
      ? [
          hitAt(
            container.image,
            `${container.image.text ?? "the image"} is pulled at every start, since its tag is latest`,
          ),
        ]
      : [];
  },
});
