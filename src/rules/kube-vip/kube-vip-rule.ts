import type { FileRule, Hit, RuleContext, RuleText } from "../rule.ts";
import { type KubeVip, kubeVipsOf } from "./instance.ts";

/** A rule about each kube-vip that a static pod or a workload starts. */
export function kubeVipRule(
  rule: RuleText & { check(kubeVip: KubeVip, context: RuleContext): readonly Hit[] },
): FileRule {
  return {
    ...rule,
    scope: "pod",
    check: (pod, context) => kubeVipsOf(pod).flatMap((kubeVip) => rule.check(kubeVip, context)),
  };
}
