import { formRules } from "../config/rules/form-rules.ts";
import { configurationRules, draftRules } from "../config/rules/index.ts";
import { interfaceMissing } from "../config/rules/interface-missing.ts";
import { kubeadmNodes } from "../config/rules/kubeadm-nodes.ts";
import { poolProvider } from "../config/rules/pool-provider.ts";
import { clusterApiRules } from "../formats/capi/rules.ts";
import { kubeadmRules } from "../kubeadm/rules.ts";
import { snippets } from "../rules/snippets.ts";
import { fileRules } from "../rules/index.ts";
import { readingRules } from "../rules/reading-rules.ts";

/** Every rule that a finding can name, for `explain`, `--ignore` and the reference. */
export const allRules: readonly { readonly id: string; readonly summary: string; readonly reason: string }[] = [
  ...formRules,
  ...draftRules,
  ...configurationRules,
  ...kubeadmRules,
  snippets,
  interfaceMissing("error"),
  poolProvider,
  kubeadmNodes,
  ...clusterApiRules,
  ...fileRules,
  ...readingRules,
];
