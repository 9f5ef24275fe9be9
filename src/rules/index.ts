import type { FileRule } from "./rule.ts";
import { kubeVipRules } from "./kube-vip/index.ts";
import { staticPodRules } from "./static-pod/index.ts";

/** Rules that belong together, as the reference shows them. */
export interface RuleFamily {
  readonly title: string;
  readonly rules: readonly FileRule[];
}

/** The families in the order of the reference. */
export const ruleFamilies: readonly RuleFamily[] = [
  { title: "Static pods", rules: staticPodRules },
  { title: "kube-vip", rules: kubeVipRules },
];

/** Every rule about files. */
export const fileRules: readonly FileRule[] = ruleFamilies.flatMap(({ rules }) => rules);
