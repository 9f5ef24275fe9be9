import { groupMember } from "../../config/group-member.ts";
import type { BootstrapRole, Plan, PlannedNode } from "../../plan/plan.ts";
import type { FormatInput, FormatOutput } from "../format.ts";
import { compactScript } from "../script/compact.ts";
import { type UserDocument, userDataOutput, userDataParts } from "../user-data.ts";
import { cloudConfig } from "./cloud-config.ts";

/** What cloud-init gets: the files that it writes, and the script that does the rest once they are there. */
export function produceUserData({ nodes }: Plan, input: FormatInput): FormatOutput {
  const output = userDataOutput(
    nodes.map((node) => userData(node, input)),
    input,
  );
  return { ...output, ...(input.options?.role !== undefined && { beside: [groupFile("init"), groupFile("join")] }) };
}

/**
 * Where the script stays for another run, when the join secrets have arrived: among cloud-init's own things,
 * since /etc/kubeadm-ha is to be what `prepare` makes of it, and /run is gone after a reboot.
 */
export const scriptPath = "/var/lib/cloud/scripts/kubeadm-ha.sh";

function userData(node: PlannedNode, { spec, product, options }: FormatInput): UserDocument {
  const role = options?.role;
  const script = compactScript({ spec, node, product, ...(role !== undefined && { anyNode: groupMember(spec) }) });
  const parts = userDataParts(node, { path: scriptPath, mode: 0o700, text: script });
  const text = cloudConfig({
    head: `User data of ${role === undefined ? node.name : groupName[role]}, made by kubeadm-ha ${product}; what comes next is said in /var/log/cloud-init-output.log`,
    files: parts,
    command: ["sh", scriptPath],
  });
  const place = role === undefined ? { path: `${node.name}.yaml`, node: node.name } : { path: groupFile(role) };
  return { file: { ...place, mode: 0o600, text }, parts };
}

function groupFile(role: BootstrapRole): string {
  return `${role}.yaml`;
}

const groupName: Readonly<Record<BootstrapRole, string>> = {
  init: "the machine that founds the cluster",
  join: "each control-plane machine that joins",
};
