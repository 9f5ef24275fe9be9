import { parseKubernetesVersion } from "../../../src/config/kubernetes-version.ts";
import { type InputFile, readTree } from "../../../src/readers/read-tree.ts";
import { CL08 } from "../../../src/rules/cluster/CL08.ts";
import { kubeadmFileRules } from "../../../src/rules/kubeadm/index.ts";
import { type RuleFinding, runRules } from "../../../src/rules/run.ts";

/** What the rules about kubeadm's documents find in files. */
export function lintKubeadm(files: readonly InputFile[], kubernetesVersion = "v1.34.10"): readonly RuleFinding[] {
  const { clusters } = readTree(files);
  const kubernetesMinor = parseKubernetesVersion(kubernetesVersion)?.minor ?? 0;
  return runRules(clusters, { kubernetesVersion, kubernetesMinor }, [...kubeadmFileRules, CL08]);
}

/** The same of one stream, each finding as `KD04 3:1 severity`. */
export function places(text: string, kubernetesVersion?: string): readonly string[] {
  return lintKubeadm([{ file: "kubeadm.yaml", text }], kubernetesVersion).map(
    ({ rule, severity, position }) => `${rule} ${position.line}:${position.column} ${severity}`,
  );
}
