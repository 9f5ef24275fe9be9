import { isRecord } from "../config/paths.ts";
import type { ClusterSpec } from "../config/spec.ts";

/** Every secret in the user's documents, longest first, so that what is printed can be cleared of them. */
export function secretStrings(spec: ClusterSpec): readonly string[] {
  const found = spec.kubeadmDocuments.flatMap((document) => [
    ...secretsBelow(document.source.value),
    ...(document.kind === "Secret" ? secretData(document.source.value) : []),
  ]);
  return [...new Set(found)].filter((text) => text !== "").toSorted((a, b) => b.length - a.length);
}

// Clearing a text of every "1" or "true" would leave nothing to read.
const shortestSecret = 6;

const secretKeys: ReadonlySet<string> = new Set(["token", "tlsBootstrapToken", "certificateKey"]);

function secretsBelow(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(secretsBelow);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    secretKeys.has(key) && isScalarValue(entry) ? [String(entry)] : secretsBelow(entry),
  );
}

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
