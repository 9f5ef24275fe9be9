import { type ClusterSpec, hasDedicatedBalancers, type NodeSpec } from "../config/spec.ts";
import { factMarker, type FileContent, fixed, type PlannedFile } from "../plan/plan.ts";

/** kubeadm's own place on control-plane nodes. */
export const clusterCAPath = "/etc/kubernetes/pki/ca.crt";

/** Where a machine without kubeadm has it. */
export const copiedCAPath = "/etc/kubeadm-ha/ca.crt";

/** Where a balancer finds the CA of the API servers' certificates. */
export function clusterCA(spec: ClusterSpec): string {
  return hasDedicatedBalancers(spec) ? copiedCAPath : clusterCAPath;
}

/**
 * The copy of the CA's certificate on a machine for balancers alone; none elsewhere. It is no secret. Without
 * a text the file stays what it is on the node, or is missing.
 */
export function copiedCA(spec: ClusterSpec, node: NodeSpec, text: string | undefined): readonly PlannedFile[] {
  // nginx asks the API servers nothing.
  if (node.role !== "load-balancer" || spec.loadBalancer.provider !== "haproxy") return [];
  const content: FileContent = fixed(text ?? `${factMarker("caCertificate")}\n`);
  return [
    {
      node: node.name,
      path: copiedCAPath,
      mode: 0o644,
      phase: "host",
      variants: { init: content, join: content },
    },
  ];
}
