import { isNode, isScalar, isSeq, type YAMLMap, type YAMLSeq } from "yaml";

import { endOf, insertLines, rangeOf, type Splice } from "../../kubeadm/splice.ts";

/** The value of a key of a map, as it stands there. */
export function valueOf(map: YAMLMap, key: string): unknown {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
}

/** The column of a collection's keys or hyphens. */
export function indentOf(collection: YAMLMap | YAMLSeq): number {
  const token = collection.srcToken;
  return token !== undefined && "indent" in token ? token.indent : 0;
}

/** As the text ends its lines. */
export function lineEnding(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** Takes items out of a list, whole lines at a time; not all of them. */
export function removeItems(text: string, list: YAMLSeq, indices: readonly number[]): readonly Splice[] {
  return indices.map((index) => {
    const item = list.items[index];
    const next = list.items[index + 1];
    const start = startOf(item);
    if (list.flow === true)
      return next === undefined
        ? { start: endOf(list.items[index - 1]), end: endOf(item), text: "" }
        : { start, end: startOf(next), text: "" };
    const line = text.lastIndexOf("\n", start - 1) + 1;
    return { start: line, end: lineAfter(text, endOf(item)), text: "" };
  });
}

function startOf(item: unknown): number {
  return isNode(item) ? rangeOf(item)[0] : 0;
}

function lineAfter(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}

/** The texts of a list of texts. */
export function textsOf(list: unknown): readonly string[] {
  return isSeq(list) ? list.items.map((item) => (isScalar(item) ? String(item.value) : "")) : [];
}

/** Gives a map a list of which it has nothing yet: no key, a key without a value, or `[]`. */
export function insertList(text: string, map: YAMLMap, list: NewList): Splice {
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === list.key);
  if (pair === undefined)
    return insertLines(text, endOf(map), [`${" ".repeat(indentOf(map))}${list.key}:`, ...list.lines]);
  if (!isSeq(pair.value)) return insertLines(text, endOf(pair.key), list.lines);
  const [start, end] = rangeOf(pair.value);
  return { start: text.slice(0, start).trimEnd().length, end, text: ["", ...list.lines].join(lineEnding(text)) };
}

export interface NewList {
  readonly key: string;
  /** The items, with their indentation. */
  readonly lines: readonly string[];
}
