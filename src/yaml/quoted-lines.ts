import { Lexer } from "yaml";

/**
 * The same text with the later lines of texts in quotes indented further than what they stand in. Go's reader does
 * not mind where they begin, and what they begin with is no part of the text; YAML, and the complete reader, want it.
 * https://github.com/yaml/go-yaml/blob/v2.4.0/scannerc.go#L2082
 */
export function withIndentedQuotes(text: string): string {
  // Brackets around the texts are lost from sight after the first one, and are seen when it is in order.
  let before = "";
  let after = text;
  for (let pass = 0; pass < 3 && after !== before; pass++) [before, after] = [after, indentedOnce(after)];
  return after;
}

function indentedOnce(text: string): string {
  const parts: string[] = [];
  let rest = 0;
  for (let found = nextUnended(text, rest); found !== undefined; found = nextUnended(text, rest)) {
    const { start, end } = found;
    const column = start - (text.lastIndexOf("\n", start) + 1);
    parts.push(text.slice(rest, start), indented(text.slice(start, end), column + 1));
    rest = end;
  }
  return parts.join("") + text.slice(rest);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

// The first text in quotes that ends later than the complete reader sees it end.
function nextUnended(text: string, from: number): Span | undefined {
  let at = from;
  for (const lexeme of new Lexer().lex(text.slice(from))) {
    if (signs.has(lexeme)) continue;
    const start = at;
    at += lexeme.length;
    const end = quotes.has(lexeme.charAt(0)) ? endOfQuoted(text, start) : undefined;
    if (end !== undefined && end > at && !documentMark.test(text.slice(start, end))) return { start, end };
  }
  return undefined;
}

// What the lexer tells between the parts of a text: https://eemeli.org/yaml/#lexer
const signs = new Set(["\u0002", "\u0018", "\u001f"]);
const quotes = new Set(['"', "'"]);
const documentMark = /\n(?:---|\.\.\.)(?:\s|$)/;

function endOfQuoted(text: string, start: number): number | undefined {
  const mark = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\" && mark === '"') at++;
    else if (character === mark) {
      if (mark === '"' || text.charAt(at + 1) !== "'") return at + 1;
      at++;
    }
  }
  return undefined;
}

function indented(quoted: string, width: number): string {
  return quoted.replaceAll(/\n( *)(?=[^ \n\r])/g, (_, blanks: string) => `\n${blanks.padEnd(width)}`);
}
