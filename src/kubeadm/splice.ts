import { isMap, isNode, isPair, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

/** A stretch of a text and what takes its place. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with the splices done; of several at one place the first stays first. What lies in a removed stretch goes with it. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = "";
  let done = 0;
  for (const splice of splices.toSorted((a, b) => a.start - b.start)) {
    if (splice.start < done) continue;
    result += text.slice(done, splice.start) + splice.text;
    done = splice.end;
  }
  return result + text.slice(done);
}

/** Puts whole lines after the line on which `offset` is. */
export function insertLines(text: string, offset: number, lines: readonly string[]): Splice {
  const eol = lineEnding(text);
  const start = lineAfter(text, offset);
  const unfinished = start > 0 && text[start - 1] !== "\n";
  const body = lines.join(eol);
  return { start, end: start, text: unfinished ? eol + body : body + eol };
}

/** Takes entries out of a map, in block style with the whole of their lines; comments around them stay. */
export function removePairs(text: string, map: YAMLMap, pairs: readonly Pair[]): readonly Splice[] {
  const { items, flow } = map;
  if (items.every((pair) => pairs.includes(pair)))
    return [{ start: rangeOf(map)[0], end: flow === true ? rangeOf(map)[1] : endOf(map), text: "{}" }];
  return items.flatMap((first, index) => {
    const previous = items[index - 1];
    if (!pairs.includes(first) || (previous !== undefined && pairs.includes(previous))) return [];
    const next = items.slice(index).find((pair) => !pairs.includes(pair));
    const last = items[next === undefined ? items.length - 1 : items.indexOf(next) - 1];
    const line = text.lastIndexOf("\n", startOf(first)) + 1;
    // Behind the hyphen of a list the next entry takes the place.
    const ownLine = flow !== true && text.slice(line, startOf(first)).trim() === "";
    if (ownLine) return [{ start: line, end: lineAfter(text, endOf(last)), text: "" }];
    if (next !== undefined) return [{ start: startOf(first), end: startOf(next), text: "" }];
    return [{ start: endOf(previous), end: endOf(last), text: "" }];
  });
}

/** Where the last character that belongs to a node is, without comments and blank lines after it. */
export function endOf(node: unknown): number {
  if (isPair(node)) return isNode(node.value) ? endOf(node.value) : endOf(node.key);
  const last = isMap(node) || isSeq(node) ? node.items.at(-1) : undefined;
  const flow = isMap(node) || isSeq(node) ? node.flow === true : true;
  if (last !== undefined && !flow) return endOf(last);
  return isNode(node) ? rangeOf(node)[1] : 0;
}

/** Start and end of a node's own text. */
export function rangeOf(node: Node): readonly [number, number] {
  return [node.range?.[0] ?? 0, node.range?.[1] ?? 0];
}

function startOf(pair: Pair): number {
  return isNode(pair.key) ? rangeOf(pair.key)[0] : 0;
}

function lineAfter(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}

function lineEnding(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
