import { hitAt } from "../hit.ts";
import type { Hit } from "../rule.ts";
import { environmentPart, isBefore, type KubeVip, settingBool, settingPart } from "./instance.ts";
import { kubeVipRule } from "./kube-vip-rule.ts";

export const KV05 = kubeVipRule({
  id: "KV05",
  name: "mode",
  severity: "error",
  summary:
    "Exactly one of vip_arp, bgp_enable, vip_routingtable and vip_wireguard is true, and cp_enable or svc_enable.",
  reason:
    "kube-vip ends otherwise, with exit code 0, and the pod starts over for ever: https://github.com/kube-vip/kube-vip/blob/v1.2.3/cmd/kube-vip.go",
  remedy: 'set vip_arp and cp_enable to "true", or what else is meant',
  check: (kubeVip) => [...problemsOf(kubeVip, modes), ...problemsOf(kubeVip, features)],
});

interface Choice {
  readonly names: readonly string[];
  readonly isExclusive: boolean;
  readonly nothing: string;
}

const modes: Choice = {
  names: ["vip_arp", "bgp_enable", "vip_routingtable", "vip_wireguard"],
  isExclusive: true,
  nothing: "no mode is on: none of vip_arp, bgp_enable, vip_routingtable, vip_wireguard is true",
};
const features: Choice = {
  names: ["cp_enable", "svc_enable"],
  isExclusive: false,
  nothing: "neither cp_enable nor svc_enable is true, so kube-vip has nothing to do",
};

function problemsOf(kubeVip: KubeVip, { names, isExclusive, nothing }: Choice): readonly Hit[] {
  const on = names.filter((name) => settingBool(kubeVip, name) === true);
  if (on.length > 0)
    return isExclusive
      ? on
          .slice(1)
          .map((name) => hitAt(settingPart(kubeVip, name), `${name} is true beside ${on[0]}, and one mode is all`))
      : [];
  const set = names.filter((name) => kubeVip.settings.has(name));
  // What is no boolean at all is said elsewhere, and a reference or another file may hold the answer.
  const isUnknown = set.some((name) => settingBool(kubeVip, name) === undefined && isWritten(kubeVip, name));
  if (!kubeVip.isComplete || isUnknown || isBefore(kubeVip, "v0.3.1")) return [];
  return [hitAt(environmentPart(kubeVip.container), nothing)];
}

function isWritten({ settings }: KubeVip, name: string): boolean {
  const setting = settings.get(name);
  return setting !== undefined && (setting.isReference || setting.value !== "");
}
