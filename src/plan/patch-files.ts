import { plannedFile } from "../components/planned-file.ts";
import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import { patchesDirectory } from "../kubeadm/patches.ts";
import type { PlannedFile } from "./plan.ts";

/** The user's patches as a node keeps them: kubeadm reads its own there, and later runs of ours read ours. */
export function patchFiles(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  // Neither kubeadm nor a kubelet runs there.
  if (node.role === "load-balancer") return [];
  return spec.patches.map(({ name, text }) =>
    plannedFile(node, { path: `${patchesDirectory}/${name}`, mode: 0o600, phase: "kubeadm-config" }, text),
  );
}
