import { parseKubernetesVersion } from "../../src/config/kubernetes-version.ts";
import { readTree } from "../../src/readers/read-tree.ts";
import type { UnknownKinds } from "../../src/rules/rule.ts";
import { type RuleFinding, runRules } from "../../src/rules/run.ts";

/** What all rules find in files that stand below one root. */
export function lint(
  files: readonly { readonly path: string; readonly text: string; readonly mode?: number }[],
  kubernetesVersion = "v1.34.10",
  unknownKinds: UnknownKinds = "skip",
): readonly RuleFinding[] {
  const tree = readTree(files.map(({ path, ...file }) => ({ file: path, ...file })));
  const release = parseKubernetesVersion(kubernetesVersion);
  return runRules(tree.clusters, { kubernetesVersion, kubernetesMinor: release?.minor ?? 0, unknownKinds });
}
