import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

import {
  type Change,
  commentsWithin,
  isWantedList,
  isWantedMap,
  pruned,
  type Wanted,
  type WantedMap,
} from "./change.ts";
import { blockLines, commentLines, flowEntries, flowItems, flowText, type Quoting, scalarLike } from "./emit.ts";
import { applySplices, endOf, insertLines, rangeOf, removePairs, type Splice } from "./splice.ts";

/**
 * The user's document with our values in it. Only the places that change are touched: comments, the
 * order of keys, quoting, indentation and line ends stay as they were written. Where the shape of the
 * document does not allow a value (a list where a map belongs), nothing is done: a rule refuses it.
 */
export function mergeDocument(text: string, change: Change): string {
  const document = parseDocument(text, { keepSourceTokens: true, prettyErrors: false });
  const root = document.contents;
  if (!isMap(root)) return text;
  const quoting = root.flow === true ? "json" : "where-needed";
  const merge: Merge = { text, change, document, quoting, touched: new Set() };
  const removed = root.items.filter((pair) => isScalar(pair.key) && change.remove.includes(String(pair.key.value)));
  for (const { value } of removed)
    if (isNode(value)) visit(value, (_, node) => void (isNode(node) && merge.touched.add(node)));
  const splices = [
    ...removePairs(text, root, removed),
    ...editMap(merge, root, { wanted: pruned(change.set), path: "" }),
  ];
  return applySplices(text, [...splices, ...expandAliases(merge, splices)]);
}

interface Merge {
  readonly text: string;
  readonly change: Change;
  readonly document: Document;
  readonly quoting: Quoting;
  /** Nodes whose value is changed or removed: an alias of one must keep the old value. */
  readonly touched: Set<Node>;
}

interface Target<Value> {
  readonly wanted: Value;
  readonly path: string;
}

function editMap(merge: Merge, map: YAMLMap, { wanted, path }: Target<WantedMap>): readonly Splice[] {
  const entries = Object.entries(wanted).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value, pair: pairOf(map, key) }],
  );
  const within = entries.flatMap(({ key, value, pair }) =>
    pair === undefined ? [] : editPair(merge, { map, pair }, { wanted: value, path: join(path, key) }),
  );
  const missing = Object.fromEntries(
    entries.filter(({ pair }) => pair === undefined).map(({ key, value }) => [key, value]),
  );
  // Insertions within the last entry end at the same place as ours and come before it.
  return Object.keys(missing).length === 0 ? within : [...within, insertEntries(merge, map, { wanted: missing, path })];
}

interface Entry {
  readonly map: YAMLMap;
  readonly pair: Pair;
}

function editPair(merge: Merge, { map, pair }: Entry, target: Target<Wanted>): readonly Splice[] {
  const { value } = pair;
  if (!isNode(value) || (isScalar(value) && value.value === null)) return [fillEmpty(merge, { map, pair }, target)];
  return editNode(merge, value, target);
}

function editNode(merge: Merge, node: Node, { wanted, path }: Target<Wanted>): readonly Splice[] {
  const splices = spliceNode(merge, node, { wanted, path });
  if (splices.length > 0) merge.touched.add(node);
  return splices;
}

function spliceNode(merge: Merge, node: Node, { wanted, path }: Target<Wanted>): readonly Splice[] {
  const [start, end] = rangeOf(node);
  if (isAlias(node))
    return [{ start, end, text: flowText(combined(node.toJS(merge.document), wanted), merge.quoting) }];
  if (isMap(node) && isWantedMap(wanted)) return editMap(merge, node, { wanted, path });
  if (isSeq(node) && isWantedMap(wanted)) return editItems(merge, node, { wanted, path });
  if (isSeq(node) && isWantedList(wanted)) return [appendItems(merge, node, { wanted, path })];
  if (!isScalar(node) || typeof wanted === "object") return [];
  // 06443 is 3363 to Go: a number stays only if it is written as we would.
  if (node.value === wanted && (typeof wanted === "string" || node.source === String(wanted))) return [];
  return [{ start, end, text: scalarLike(node, wanted) }];
}

function editItems(merge: Merge, seq: YAMLSeq, { wanted, path }: Target<WantedMap>): readonly Splice[] {
  return Object.entries(wanted).flatMap(([index, value]) => {
    const item = seq.items[Number(index)];
    return isNode(item) && value !== undefined ? editNode(merge, item, { wanted: value, path: join(path, index) }) : [];
  });
}

function insertEntries({ text, change, quoting }: Merge, map: YAMLMap, { wanted, path }: Target<WantedMap>): Splice {
  if (map.flow === true) return insertFlow(map, flowEntries(wanted, quoting));
  const indent = indentOf(map);
  const lines = blockLines(wanted, indent, commentsWithin(wanted, change.comments, path));
  return insertLines(text, endOf(map), [
    ...commentLines(path === "" ? undefined : change.comments[path], indent),
    ...lines,
  ]);
}

function appendItems(
  { text, change, quoting }: Merge,
  seq: YAMLSeq,
  { wanted, path }: Target<readonly Wanted[]>,
): Splice {
  if (seq.flow === true) return insertFlow(seq, flowItems(wanted, quoting));
  const indent = indentOf(seq);
  return insertLines(text, endOf(seq), [...commentLines(change.comments[path], indent), ...blockLines(wanted, indent)]);
}

function insertFlow(collection: YAMLMap | YAMLSeq, text: string): Splice {
  const last = collection.items.at(-1);
  const start = last === undefined ? rangeOf(collection)[0] + 1 : endOf(last);
  return { start, end: start, text: last === undefined ? text : `, ${text}` };
}

/** Gives a key that stands without a value (`apiServer:`) its value. */
function fillEmpty({ text, change, quoting }: Merge, { map, pair }: Entry, { wanted, path }: Target<Wanted>): Splice {
  const [start, end] = isNode(pair.value) ? rangeOf(pair.value) : [endOf(pair.key), endOf(pair.key)];
  const written = start < end;
  if (map.flow === true || written || typeof wanted !== "object") {
    const colon = isNode(pair.value) ? "" : ":";
    return { start, end, text: written ? flowText(wanted, quoting) : `${colon} ${flowText(wanted, quoting)}` };
  }
  const indent = indentOf(map) + 2;
  const comments = isWantedMap(wanted) ? commentsWithin(wanted, change.comments, path) : {};
  return insertLines(text, start, [
    ...commentLines(change.comments[path], indent),
    ...blockLines(wanted, indent, comments),
  ]);
}

/** Aliases of what we changed get the old value in full: the user meant it for that place too, our change is not for it. */
function expandAliases({ document, touched, quoting }: Merge, splices: readonly Splice[]): readonly Splice[] {
  const expanded: Splice[] = [];
  visit(document, {
    Alias: (_, alias) => {
      const source = alias.resolve(document);
      const [start, end] = rangeOf(alias);
      const replaced = splices.some((splice) => splice.start === start && splice.end === end);
      if (source !== undefined && touched.has(source) && !replaced)
        expanded.push({ start, end, text: flowText(source.toJS(document), quoting) });
    },
  });
  return expanded;
}

function combined(old: unknown, wanted: Wanted): unknown {
  if (isWantedList(wanted) && Array.isArray(old)) return [...old, ...wanted];
  if (!isWantedMap(wanted) || typeof old !== "object" || old === null) return wanted;
  const before = Object.entries(old);
  const merged = Object.fromEntries([
    ...before,
    ...Object.entries(wanted).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, combined(Object.fromEntries(before)[key], value)]],
    ),
  ]);
  return Array.isArray(old) ? Object.values(merged) : merged;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

function indentOf(collection: YAMLMap | YAMLSeq): number {
  const token = collection.srcToken;
  return token !== undefined && "indent" in token ? token.indent : 0;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
