import { hitAt } from "../hit.ts";
import { type KubeVip, settingBool, settingPart } from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV17 = kubeVipRule({
  id: "KV17",
  name: "no-leader-election",
  severity: "info",
  summary: "In ARP mode vip_leaderelection is true.",
  reason:
    "ARP mode elects whatever is said here, so false misleads who reads it: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/manager/worker/arp.go",
  remedy: 'set vip_leaderelection to "true", and the three times of the lease',
  check: (kubeVip) =>
    settingBool(kubeVip, "vip_arp") === true && isOff(kubeVip)
      ? [hitAt(settingPart(kubeVip, "vip_arp"), "ARP mode elects a leader although vip_leaderelection is not true")]
      : [],
});

function isOff(kubeVip: KubeVip): boolean {
  const setting = kubeVip.settings.get("vip_leaderelection");
  if (setting?.isReference === true || !kubeVip.isComplete) return false;
  return setting === undefined || setting.value === "" || settingBool(kubeVip, "vip_leaderelection") === false;
}
