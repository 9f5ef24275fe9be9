import { isRecord } from "../config/paths.ts";
import { filePosition } from "../findings/report.ts";
import { readManifests, readThoroughly } from "../yaml/read-manifests.ts";
import type { Signature } from "./result.ts";

/** A document, or an item of a List. */
export interface Resource {
  readonly file: string;
  readonly content:
    | { readonly type: "nothing" }
    | { readonly type: "unreadable"; readonly message: string }
    | { readonly type: "value"; readonly value: unknown };
  readonly signature: Signature;
}

/**
 * The resources of a file; a file without any is one that has nothing, standard input is none.
 * https://github.com/yannh/kubeconform/blob/v0.7.0/pkg/resource/files.go
 */
export function resourcesOf(file: string, text: string, strict: boolean): readonly Resource[] {
  const found: Resource[] = [];
  let line = 0;
  for (const part of text.split(separator)) {
    if (part !== "") found.push(...resourcesIn({ file, text: part, line }, strict));
    line += part.split("\n").length + 1;
  }
  return found.length === 0 && file !== standardInput ? [nothingIn(file)] : found;
}

/** What standard input is called. */
export const standardInput = "stdin";

// As kubectl divides a stream, before anything is read: what else stands on such a line is no part of any document.
const separator = /\r?\n---[^\n]*(?:\n|$)/;

interface Part {
  readonly file: string;
  readonly text: string;
  /** How many lines of the file stand before it. */
  readonly line: number;
}

function resourcesIn({ file, text, line }: Part, strict: boolean): readonly Resource[] {
  const { documents, findings } = readManifests(file, text);
  const [finding] = findings;
  if (finding === undefined) return resourcesOfValue(file, documents[0]?.value);
  // Keys that are there twice are wrong with -strict only, and nobody else is told that they are.
  const lenient = readThoroughly(file, text, { repeatedKeys: true });
  const isReadable = lenient.findings.length === 0;
  if (isReadable && !strict) return resourcesOfValue(file, lenient.documents[0]?.value);
  const message = `line ${line + (filePosition(finding.position)?.line ?? 1)}: ${finding.message}`;
  const signature = isReadable ? signatureOf(lenient.documents[0]?.value) : nameless;
  return [{ file, content: { type: "unreadable", message }, signature }];
}

function resourcesOfValue(file: string, value: unknown): readonly Resource[] {
  const resource = resourceOf(file, value);
  const { kind, apiVersion } = resource.signature;
  if (kind.toLowerCase() !== "list" || apiVersion === "") return [resource];
  const items = isRecord(value) ? value["items"] : undefined;
  return Array.isArray(items) ? items.map((item: unknown) => resourceOf(file, item)) : [];
}

function resourceOf(file: string, value: unknown): Resource {
  if (value === null || value === undefined) return nothingIn(file);
  return { file, content: { type: "value", value }, signature: signatureOf(value) };
}

function nothingIn(file: string): Resource {
  return { file, content: { type: "nothing" }, signature: nameless };
}

const nameless: Signature = { kind: "", apiVersion: "", namespace: "", name: "" };

function signatureOf(value: unknown): Signature {
  if (!isRecord(value)) return nameless;
  const metadata = isRecord(value["metadata"]) ? value["metadata"] : {};
  const generated = textOf(metadata["generateName"]);
  return {
    kind: textOf(value["kind"]),
    apiVersion: textOf(value["apiVersion"]),
    namespace: textOf(metadata["namespace"]),
    name: generated === "" ? textOf(metadata["name"]) : `${generated}{{ generateName }}`,
  };
}

// Numbers and truth values become texts where a text is wanted: https://github.com/kubernetes-sigs/yaml/blob/v1.4.0/yaml.go
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
