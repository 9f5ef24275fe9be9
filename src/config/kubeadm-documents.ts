import type { YamlDocument } from "../yaml/read.ts";

/** A YAML document of the user that is not ours: kubeadm's own kinds, and companions such as KubeletConfiguration. */
export interface KubeadmDocument {
  readonly apiVersion: string;
  readonly kind: string;
  readonly source: YamlDocument;
}

/** The document of a kind, if the user gave one. */
export function findDocument(documents: readonly KubeadmDocument[], kind: string): KubeadmDocument | undefined {
  return documents.find((document) => document.kind === kind && document.apiVersion.startsWith("kubeadm.k8s.io/"));
}

/** The value at a path of a document, or undefined. */
export function valueAt(document: KubeadmDocument | undefined, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      isRecord(value) || Array.isArray(value) ? (value as Record<string | number, unknown>)[step] : undefined,
    document?.source.value,
  );
}

/** Whether a value is a map. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
