import { apostrophe, type Cursor, giveUp, lineEnd, plainValue, quote, space } from "./cursor.ts";

/** A text in quotes that ends on its line; the cursor comes to stand behind it. */
export function readQuoted(cursor: Cursor): string {
  const { text, at } = cursor;
  const mark = text.charCodeAt(at);
  let end = at + 1;
  let hasEscapes = false;
  for (; ; end++) {
    const character = text.charCodeAt(end);
    if (character === mark) {
      if (mark === quote || text.charCodeAt(end + 1) !== apostrophe) break;
      hasEscapes = true;
      end++;
    } else if (character === 0x5c && mark === quote) {
      hasEscapes = true;
      // What JSON has as well means the same there; \/ is none of Go's.
      if (!'"\\bfnrt'.includes(text.charAt(++end))) giveUp();
    } else if (character === lineEnd || Number.isNaN(character)) giveUp();
  }
  cursor.at = end + 1;
  const inner = text.slice(at + 1, end);
  if (!hasEscapes) return inner;
  return mark === quote ? (JSON.parse(`"${inner}"`) as string) : inner.replaceAll("''", "'");
}

/** A scalar without quotes that ends on its line, where it has no comment; the cursor comes to stand behind it. */
export function readPlain(cursor: Cursor): unknown {
  const { text, at } = cursor;
  const lineEndsAt = text.indexOf("\n", at);
  const line = lineEndsAt < 0 ? text.slice(at) : text.slice(at, lineEndsAt);
  // A mark at its very beginning is none of these: the caller has looked at that.
  const comment = line.indexOf(" #");
  let value = comment < 0 ? line : line.slice(0, comment);
  // trimEnd knows more kinds of space than YAML.
  while (value.endsWith(" ")) value = value.slice(0, -1);
  if (value.endsWith(":") || value.includes(": ")) giveUp();
  cursor.at = at + value.length;
  return plainValue(value);
}

/** A literal block of lines, as `|` and `|-` begin it; `column` is that of the block around it. */
export function readLiteral(cursor: Cursor, column: number): string {
  const { text } = cursor;
  header.lastIndex = cursor.at;
  const [all = giveUp(), keepsEnd] = header.exec(text) ?? [];
  let at = cursor.at + all.length;
  const lines: string[] = [];
  let indent = -1;
  // Line by line, to one that stands further left.
  for (;;) {
    const end = text.indexOf("\n", at);
    let content = at;
    while (text.charCodeAt(content) === space) content++;
    if (end < 0 && content < text.length) giveUp();
    const isBlank = content === end || content === text.length;
    if (!isBlank) {
      if (indent < 0) {
        indent = content - at;
        // Blank lines that reach further than the first one with text are an error.
        if (indent <= column || lines.some((line) => line.length > indent)) giveUp();
        lines.fill("");
      }
      if (content - at < indent) break;
    }
    if (end < 0) break;
    lines.push(indent < 0 ? text.slice(at, end) : text.slice(Math.min(at + indent, end), end));
    at = end + 1;
  }
  if (indent < 0) giveUp();
  cursor.at = at - 1;
  while (lines.at(-1) === "") lines.pop();
  return lines.join("\n") + (keepsEnd === "-" ? "" : "\n");
}

const header = /\|(-?) *(?:(?<= )#.*)?\n/y;
