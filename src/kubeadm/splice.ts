import { isMap, isNode, isPair, isSeq, type Node, type Pair } from "yaml";

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

/** Takes an entry out of a map with the whole of its lines; comments around it stay. */
export function removePair(text: string, { items, flow }: PairsOfMap, pair: Pair): Splice {
  const index = items.indexOf(pair);
  const [start, end] = [startOf(pair), endOf(pair)];
  if (flow !== true) return { start: text.lastIndexOf("\n", start) + 1, end: lineAfter(text, end), text: "" };
  const next = items[index + 1];
  if (next !== undefined) return { start, end: startOf(next), text: "" };
  const previous = items[index - 1];
  return { start: previous === undefined ? start : endOf(previous), end, text: "" };
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

interface PairsOfMap {
  readonly items: readonly Pair[];
  readonly flow?: boolean;
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
