import {
  apostrophe,
  colon,
  type Cursor,
  giveUp,
  lineEnd,
  longestKey,
  plainValue,
  put,
  quote,
  space,
} from "./cursor.ts";
import { isGoText } from "./go-scalar.ts";
import { readQuoted } from "./quick-scalars.ts";

/** Collections in brackets; over several lines only where `isRoot` says that nothing stands around them, as in JSON. */
export function readFlow(cursor: Cursor, isRoot: boolean): unknown {
  return readNode(cursor, { isRoot, depth: 0 });
}

interface Surroundings {
  readonly isRoot: boolean;
  readonly depth: number;
}

const deepest = 100;

function readNode(cursor: Cursor, around: Surroundings): unknown {
  const { text } = cursor;
  const first = text.charCodeAt(cursor.at);
  if (first === 0x7b || first === 0x5b) {
    if (around.depth > deepest) giveUp();
    cursor.at++;
    const inside = { ...around, depth: around.depth + 1 };
    return first === 0x7b ? readMap(cursor, inside) : readList(cursor, inside);
  }
  return first === quote || first === apostrophe ? readQuoted(cursor) : plainValue(readWord(cursor));
}

function readList(cursor: Cursor, around: Surroundings): unknown {
  const items: unknown[] = [];
  skip(cursor, around);
  if (closes(cursor, 0x5d)) return items;
  for (;;) {
    items.push(readNode(cursor, around));
    skip(cursor, around);
    if (closes(cursor, 0x5d)) return items;
    comma(cursor, around);
  }
}

function readMap(cursor: Cursor, around: Surroundings): unknown {
  const { text } = cursor;
  const map: Record<string, unknown> = {};
  skip(cursor, around);
  if (closes(cursor, 0x7d)) return map;
  for (;;) {
    const first = text.charCodeAt(cursor.at);
    const isQuoted = first === quote || first === apostrophe;
    const start = cursor.at;
    const key = isQuoted ? readQuoted(cursor) : readWord(cursor);
    if ((!isQuoted && !isGoText(key)) || cursor.at - start > longestKey) giveUp();
    if (text.charCodeAt(cursor.at) !== colon) giveUp();
    cursor.at++;
    const next = text.charCodeAt(cursor.at);
    if (!isQuoted && next !== space && next !== lineEnd) giveUp();
    skip(cursor, around);
    put(map, key, readNode(cursor, around));
    skip(cursor, around);
    if (closes(cursor, 0x7d)) return map;
    comma(cursor, around);
  }
}

// Without anything that could mean more than itself.
const word = /-?[\w./+](?:[\w./+@-]| (?=[\w./+@]))*/y;

function readWord(cursor: Cursor): string {
  word.lastIndex = cursor.at;
  const found = word.exec(cursor.text)?.[0] ?? giveUp();
  cursor.at += found.length;
  return found;
}

function comma(cursor: Cursor, around: Surroundings): void {
  if (cursor.text.charCodeAt(cursor.at) !== 0x2c) giveUp();
  cursor.at++;
  const next = cursor.text.charCodeAt(cursor.at);
  skip(cursor, around);
  // "[a,b" is a list of two, but some readers take the comma for a part of the word.
  if (!around.isRoot && next !== space) giveUp();
}

function closes(cursor: Cursor, mark: number): boolean {
  if (cursor.text.charCodeAt(cursor.at) !== mark) return false;
  cursor.at++;
  return true;
}

function skip(cursor: Cursor, { isRoot }: Surroundings): void {
  const { text } = cursor;
  for (; ; cursor.at++) {
    const character = text.charCodeAt(cursor.at);
    if (character === lineEnd && isRoot) {
      // A separator of documents may stand anywhere at a line's beginning.
      const next = text.charCodeAt(cursor.at + 1);
      if (next === 0x2d || next === 0x2e || next === 0x25) giveUp();
    } else if (character !== space) return;
  }
}
