import type { FileRule } from "./rule.ts";
import { clusterRules } from "./cluster/index.ts";
import { haproxyRules } from "./haproxy/index.ts";
import { keepalivedRules } from "./keepalived/index.ts";
import { kubeVipRules } from "./kube-vip/index.ts";
import { kubeadmFileRules } from "./kubeadm/index.ts";
import { nginxRules } from "./nginx/index.ts";
import { schemaRules } from "./schema/index.ts";
import { staticPodRules } from "./static-pod/index.ts";

/** Rules that belong together, as the reference shows them. */
export interface RuleFamily {
  readonly title: string;
  readonly rules: readonly FileRule[];
}

/** The families in the order of the reference. */
export const ruleFamilies: readonly RuleFamily[] = [
  { title: "keepalived", rules: keepalivedRules },
  { title: "haproxy", rules: haproxyRules },
  { title: "nginx", rules: nginxRules },
  { title: "kubeadm", rules: kubeadmFileRules },
  { title: "Static pods", rules: staticPodRules },
  { title: "kube-vip", rules: kubeVipRules },
  { title: "Every object of Kubernetes", rules: schemaRules },
  { title: "Machines compared with each other", rules: clusterRules },
];

/** Every rule about files. */
export const fileRules: readonly FileRule[] = ruleFamilies.flatMap(({ rules }) => rules);
