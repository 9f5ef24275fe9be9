import { hitAt } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { electsInEtcd, isBefore, type KubeVip, settingBool, settingNumber, settingPart } from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV06 = kubeVipRule({
  id: "KV06",
  name: "lease-order",
  severity: "error",
  summary: "vip_leaseduration > vip_renewdeadline > 1.2 × vip_retryperiod.",
  reason:
    "leader election in client-go ends the process on any other order: https://pkg.go.dev/k8s.io/client-go/tools/leaderelection#NewLeaderElector",
  remedy: "use 15, 10 and 2, or remove all three",
  check: (kubeVip) => {
    const elects = settingBool(kubeVip, "vip_arp") === true || settingBool(kubeVip, "vip_leaderelection") === true;
    return elects && kubeVip.isComplete && !electsInEtcd(kubeVip) ? problemsOf(kubeVip) : [];
  },
});

function problemsOf(kubeVip: KubeVip): readonly Hit[] {
  const [lease, renew, retry] = names.map(
    (name, index) => settingNumber(kubeVip, name) ?? defaults(kubeVip)[index] ?? 0,
  );
  if (lease === undefined || renew === undefined || retry === undefined) return [];
  const mistakes = [
    ...(lease <= renew ? [`vip_leaseduration ${lease} s is not longer than vip_renewdeadline ${renew} s`] : []),
    ...(renew <= 1.2 * retry
      ? [`vip_renewdeadline ${renew} s is not longer than 1.2 × vip_retryperiod ${retry} s`]
      : []),
    ...(retry < 1 ? [`vip_retryperiod ${retry} s is no time at all`] : []),
  ];
  return mistakes.length === 0 ? [] : [hitAt(settingPart(kubeVip, firstSet(kubeVip)), mistakes.join(", and "))];
}

const names = ["vip_leaseduration", "vip_renewdeadline", "vip_retryperiod"] as const;

// https://github.com/kube-vip/kube-vip/pull/1429
function defaults(kubeVip: KubeVip): readonly number[] {
  return isBefore(kubeVip, "v1.1.0") ? [5, 3, 1] : [15, 10, 2];
}

function firstSet({ settings }: KubeVip): string {
  return ["vip_renewdeadline", ...names].find((name) => settings.has(name)) ?? "";
}
