import { hitAt } from "../hit.ts";
import { isBefore } from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV09 = kubeVipRule({
  id: "KV09",
  name: "old-version",
  aliases: ["KV-OLD"],
  severity: "warning",
  summary: "kube-vip is v0.8.0 or newer.",
  reason:
    "older ones take the host name for the node's, cannot be told where the API server is, and miss the fixes of lost elections: https://github.com/kube-vip/kube-vip/releases/tag/v0.8.0",
  remedy: "use v1.2.3, and vip_subnet in place of vip_cidr",
  check: (kubeVip) =>
    isBefore(kubeVip, "v0.8.0")
      ? [hitAt(kubeVip.container.image, `kube-vip ${kubeVip.image.tag} is older than v0.8.0 of April 2024`)]
      : [],
});
