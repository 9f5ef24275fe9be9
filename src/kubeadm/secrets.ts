import { isRecord, type PathStep, readPath } from "../config/paths.ts";
import type { KubeadmDocument } from "../config/kubeadm-documents.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { isBootstrapToken, isCertificateKey } from "./secret-formats.ts";

/** Where secrets stand in one of the user's documents. */
export function secretPaths({ kind, source: { value } }: KubeadmDocument): readonly (readonly PathStep[])[] {
  const data = kind === "Secret" && isRecord(value) ? ["data", "stringData"].filter((key) => key in value) : [];
  return [...pathsBelow(value, []), ...data.map((key) => [key])];
}

function pathsBelow(value: unknown, path: readonly PathStep[]): readonly (readonly PathStep[])[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => pathsBelow(entry, [...path, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    secretKeys.has(key) && isScalarValue(entry) ? [[...path, key]] : pathsBelow(entry, [...path, key]),
  );
}

/** Every secret in the user's documents, longest first, so that what is printed can be cleared of them. */
export function secretStrings(spec: ClusterSpec): readonly string[] {
  const found = spec.kubeadmDocuments.flatMap((document) => [
    ...pathsBelow(document.source.value, []).map((path) => String(readPath(document.source.value, path))),
    ...(document.kind === "Secret" ? secretData(document.source.value) : []),
  ]);
  return [...new Set(found)].filter((text) => text !== "").toSorted((a, b) => b.length - a.length);
}

/** The join secrets in a document, which have a form that nothing else has. */
export function joinSecretsOf({ source: { value } }: KubeadmDocument): readonly string[] {
  return pathsBelow(value, [])
    .map((path) => String(readPath(value, path)))
    .filter((text) => isBootstrapToken(text) || isCertificateKey(text));
}

// Clearing a text of every "1" or "true" would leave nothing to read.
const shortestSecret = 6;

const secretKeys: ReadonlySet<string> = new Set(["token", "tlsBootstrapToken", "certificateKey"]);

function secretData(value: unknown): readonly string[] {
  if (!isRecord(value)) return [];
  return [value["data"], value["stringData"]].flatMap((data) =>
    isRecord(data)
      ? Object.values(data)
          .filter(isScalarValue)
          .map(String)
          .filter((text) => text.length >= shortestSecret)
      : [],
  );
}

function isScalarValue(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
