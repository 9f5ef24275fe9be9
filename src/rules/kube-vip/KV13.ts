import { hitAt } from "../hit.ts";
import { servesControlPlane, settingBool, settingPart } from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV13 = kubeVipRule({
  id: "KV13",
  name: "control-plane-and-services",
  aliases: ["KV-CP-SVC-ONE-POD", "KV-EXPOSE"],
  severity: "warning",
  summary: "One kube-vip holds the control plane's address, another one those of services.",
  reason:
    "the two are elected apart, and when kube-vip loses the election for services, it restarts with the control plane's address: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/manager/worker/common.go",
  remedy: "remove svc_enable here, and run a second kube-vip as a DaemonSet for services",
  check: (kubeVip) =>
    servesControlPlane(kubeVip) && settingBool(kubeVip, "svc_enable") === true
      ? [hitAt(settingPart(kubeVip, "svc_enable"), "this kube-vip serves both the control plane and services")]
      : [],
});
