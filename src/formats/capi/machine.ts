import { components } from "../../components/index.ts";
import { groupMember } from "../../config/group-member.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { needsFinalize } from "../../kubeadm/files.ts";
import { withDefaults } from "../../plan/facts.ts";
import scripts from "./scripts.generated.json" with { type: "json" };

/** A file as it is on a machine. */
export interface MachineFile {
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

/** What every control-plane machine gets, whether it founds the cluster or joins it. */
export interface MachinePart {
  readonly files: readonly MachineFile[];
  /** Scripts among the files that run before kubeadm, and after it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Where the scripts lie: the directories that images and templates for Cluster API run scripts of. */
export const scriptPaths = {
  before: "/etc/pre-kubeadm-commands/50-kubeadm-ha.sh",
  after: "/etc/post-kubeadm-commands/50-kubeadm-ha.sh",
} as const;

/** kube-vip, unless a balancer of somebody else takes its place, and, where the founding machine's pod differs, the scripts that make the difference there. */
export function machinePart(spec: ClusterSpec): MachinePart {
  // kubeadm's configuration, names and addresses are Cluster API's business; kube-vip needs none of them.
  const planned = components
    .filter((component) => component.appliesTo(spec))
    .flatMap((component) => component.files(spec, groupMember(spec)));
  const files = planned.map(({ path, mode, variants }): MachineFile => {
    const content = variants.join === null ? undefined : withDefaults(variants.join);
    if (content === undefined || content.needs.length > 0) throw new Error(`${path} depends on the machine`);
    return { path, mode, text: content.text };
  });
  if (!needsFinalize(spec)) return { files, before: [], after: [] };
  return {
    files: [
      ...files,
      { path: scriptPaths.before, mode: 0o700, text: scripts["before-kubeadm.sh"] },
      { path: scriptPaths.after, mode: 0o700, text: scripts["after-kubeadm.sh"] },
    ],
    before: [scriptPaths.before],
    after: [scriptPaths.after],
  };
}
