import type { Scalar } from "yaml";

import { factMarker, factMarkerPrefix } from "../plan/plan.ts";
import { type Comments, toYaml } from "../yaml/write.ts";
import type { Wanted } from "./change.ts";

/** A value as lines of block style, without a line end. */
export function blockLines(value: Wanted, indent: number, comments: Comments = {}): readonly string[] {
  return placedMarkers(toYaml(value, comments))
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : " ".repeat(indent) + line));
}

/** A comment as lines. */
export function commentLines(comment: string | undefined, indent: number): readonly string[] {
  return comment === undefined ? [] : comment.split("\n").map((line) => `${" ".repeat(indent)}# ${line}`);
}

/** How flow style is quoted; a document that begins with `{` is read as JSON by kubeadm and must stay JSON. */
export type Quoting = "where-needed" | "json";

/** A value on one line, as it may stand within `[]` or `{}`. */
export function flowText(value: unknown, quoting: Quoting): string {
  if (Array.isArray(value)) return `[${flowItems(value, quoting)}]`;
  if (typeof value === "object" && value !== null) return `{${flowEntries(value, quoting)}}`;
  if (typeof value === "string") return isPlain(value, quoting) ? value : doubleQuoted(value);
  return JSON.stringify(value) ?? "null";
}

/** The items of a list without its brackets. */
export function flowItems(values: readonly unknown[], quoting: Quoting): string {
  return values.map((value) => flowText(value, quoting)).join(", ");
}

/** The entries of a map without its braces. */
export function flowEntries(value: object, quoting: Quoting): string {
  return Object.entries(value)
    .map(([key, entry]) => `${flowText(key, quoting)}: ${flowText(entry, quoting)}`)
    .join(", ");
}

/** A scalar in the style of the one whose place it takes. */
export function scalarLike(old: Scalar, value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  if (old.type === "QUOTE_DOUBLE") return doubleQuoted(value);
  if (old.type === "QUOTE_SINGLE") return `'${value.replaceAll("'", "''")}'`;
  // What follows a block scalar begins on a line of its own.
  if (old.type === "BLOCK_LITERAL" || old.type === "BLOCK_FOLDED") return `${doubleQuoted(value)}\n`;
  return flowText(value, "where-needed");
}

/**
 * Markers as what takes their place needs them: several hashes become `[sha256:…, sha256:…]`, and a
 * token or key of digits only must not be read as a number.
 */
export function placedMarkers(yaml: string): string {
  return yaml
    .replaceAll(/^( *caCertHashes:)\n *- (KUBEADM_HA_FACT_caCertHashes)$/gm, "$1 [$2]")
    .replaceAll(/: (KUBEADM_HA_FACT_(?:joinToken|certificateKey))$/gm, ': "$1"');
}

// JSON leaves characters as they are that Go's reader refuses or takes for line ends.
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function isPlain(text: string, quoting: Quoting): boolean {
  if (text.startsWith(factMarkerPrefix)) return text === factMarker("caCertHashes");
  if (quoting === "json") return false;
  return /^[A-Za-z][\w./-]*$|^\d+(\.\d+){2,}$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text);
}
