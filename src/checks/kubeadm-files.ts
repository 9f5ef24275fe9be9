import { findDocument, valueAt } from "../config/kubeadm-documents.ts";
import type { ClusterSpec } from "../config/spec.ts";

/** Static pods that kubeadm writes itself on a control-plane node, in its order. */
export const kubeadmManifests: readonly string[] = [
  "kube-apiserver.yaml",
  "kube-controller-manager.yaml",
  "kube-scheduler.yaml",
  "etcd.yaml",
];

/** Where etcd keeps its data on control-plane nodes; undefined where it runs elsewhere or the place is left to kubeadm's own check. */
export function etcdDataDirectory(spec: ClusterSpec): string | undefined {
  const document = findDocument(spec.kubeadmDocuments, "ClusterConfiguration");
  if (valueAt(document, ["etcd", "external"]) !== undefined) return undefined;
  const chosen = valueAt(document, ["etcd", "local", "dataDir"]);
  if (chosen === undefined || chosen === "") return "/var/lib/etcd";
  return typeof chosen === "string" && /^\/[\w./-]+$/.test(chosen) ? chosen : undefined;
}
