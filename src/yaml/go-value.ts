import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from "yaml";

import { goScalar } from "./go-scalar.ts";

/** A part of a document that Go's reader refuses although it is YAML. */
export interface GoRefusal {
  readonly offset: number;
  readonly message: string;
}

/** A document as plain values, as Go reads it, and what Go refuses in it. */
export interface GoReading {
  readonly value: unknown;
  readonly refusals: readonly GoRefusal[];
}

/**
 * The value of a document as kubeadm, the kubelet and kubectl read it: their library keeps to YAML 1.1,
 * where `yes` without quotes is a boolean, `1_000` a number and `<<` puts one map into another.
 * https://github.com/yaml/go-yaml/blob/v2/resolve.go
 */
export function goReading(document: Document, leniency: { readonly repeatedKeys: boolean }): GoReading {
  const refusals: GoRefusal[] = [];
  const refuse = (node: unknown, message: string): void =>
    void refusals.push({ offset: (node as Node | null)?.range?.[0] ?? 0, message });
  const read = (node: unknown): unknown => {
    if (isAlias(node)) return read(node.resolve(document));
    if (isMap(node)) return readMap(node);
    if (isSeq(node)) return node.items.map(read);
    if (!isScalar(node)) return null;
    const value = scalar(node);
    if (typeof value === "number" && !Number.isFinite(value)) refuse(node, "JSON has no infinite numbers");
    return value;
  };
  const readMap = (map: YAMLMap): Readonly<Record<string, unknown>> => {
    const own: (readonly [string, unknown])[] = [];
    const merged: (readonly [string, unknown])[] = [];
    const seen = new Set<string>();
    for (const pair of map.items) {
      if (isMergeKey(pair)) {
        for (const source of mergeSources(pair.value, document)) {
          const value = read(source);
          if (isMap(source)) merged.unshift(...Object.entries(value as object));
          else refuse(pair.key, "<< takes a map or a list of maps");
        }
        continue;
      }
      const name = keyText(pair.key);
      if (name === undefined) refuse(pair.key, "JSON has no such key");
      // The text is another, as with 1 and 0x1: the same text is a repeated key to every reader.
      else if (seen.has(name) && !leniency.repeatedKeys) refuse(pair.key, `the key ${name} is there already`);
      if (name !== undefined) own.push([name, read(pair.value)]);
      seen.add(name ?? "");
    }
    return Object.fromEntries([...merged, ...own]);
  };
  return { value: read(document.contents), refusals };
}

function scalar(node: Scalar): unknown {
  if (node.tag === undefined && node.type === "PLAIN") return goScalar(node.source ?? "");
  if (node.tag === "!!str" || node.tag === "tag:yaml.org,2002:str") return node.source ?? String(node.value);
  return node.value;
}

function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && key.type === "PLAIN" && key.source === "<<";
}

// What stands in a map itself wins; of several maps, the first.
function mergeSources(value: unknown, document: Document): readonly unknown[] {
  const target = isAlias(value) ? value.resolve(document) : value;
  if (!isSeq(target)) return [target];
  return target.items.map((item) => (isAlias(item) ? item.resolve(document) : item));
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  const value = scalar(key);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}
