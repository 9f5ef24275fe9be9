import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import { fixed, type PlannedFile } from "../plan/plan.ts";
import { kubeadmContent } from "./documents.ts";
import { finalizeScript, joinCommandScript } from "./scripts.ts";

/** Where kubeadm's configuration stands on every node. */
export const kubeadmConfigPath = "/etc/kubeadm-ha/kubeadm.yaml";

/** kubeadm's configuration and the scripts for the steps after it. */
export function kubeadmFiles(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  if (spec.distribution !== "kubeadm" || node.role === "load-balancer") return [];
  const file = (path: string, mode: number, variants: PlannedFile["variants"]): PlannedFile => ({
    node: node.name,
    path,
    mode,
    phase: "kubeadm-config",
    variants,
  });
  const config = file(kubeadmConfigPath, 0o600, kubeadmContent(spec, node));
  if (node.role === "worker") return [config];
  const scripts = [file("/etc/kubeadm-ha/join-command.sh", 0o755, { init: fixed(joinCommandScript), join: null })];
  if (needsFinalize(spec))
    scripts.push(file("/etc/kubeadm-ha/finalize.sh", 0o755, { init: fixed(finalizeScript), join: null }));
  return [config, ...scripts];
}

/** Whether the first node's kube-vip begins with super-admin.conf and must be moved to admin.conf. */
export function needsFinalize(spec: ClusterSpec): boolean {
  return spec.virtualIP.provider === "kube-vip" && spec.kubeVip.bootstrapCredential === "super-admin";
}
