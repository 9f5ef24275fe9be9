import type { YamlDocument } from "../yaml/read.ts";
import { type PathStep, readPath } from "./paths.ts";

/** A YAML document of the user that is not ours: kubeadm's own kinds, and companions such as KubeletConfiguration. */
export interface KubeadmDocument {
  readonly apiVersion: string;
  readonly kind: string;
  readonly source: YamlDocument;
}

/** The document of a kind of kubeadm's own group or of another, if the user gave one. */
export function findDocument(
  documents: readonly KubeadmDocument[],
  kind: string,
  group = "kubeadm.k8s.io",
): KubeadmDocument | undefined {
  return documents.find((document) => document.kind === kind && document.apiVersion.startsWith(`${group}/`));
}

/** The value at a path of a document, or undefined. */
export function valueAt(document: KubeadmDocument | undefined, path: readonly PathStep[]): unknown {
  return readPath(document?.source.value, path);
}

/** Whether the user's documents name an etcd outside of the control-plane nodes. */
export function hasExternalEtcd({
  kubeadmDocuments,
}: {
  readonly kubeadmDocuments: readonly KubeadmDocument[];
}): boolean {
  return valueAt(findDocument(kubeadmDocuments, "ClusterConfiguration"), ["etcd", "external"]) !== undefined;
}
