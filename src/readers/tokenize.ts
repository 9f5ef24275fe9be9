import type { FilePosition } from "../findings/finding.ts";
import type { SyntaxProblem } from "./syntax.ts";

/** A word, one of the marks `{`, `}` and `;`, or the end of a line. */
export type Token =
  | { readonly kind: "word"; readonly text: string; readonly position: FilePosition; readonly quoted: boolean }
  | { readonly kind: "open" | "close" | "end" | "line"; readonly position: FilePosition };

/** A text cut into words and marks, without its comments. */
export interface Tokens {
  readonly tokens: readonly Token[];
  readonly problems: readonly SyntaxProblem[];
}

/** How a program cuts its configuration into words. */
export interface Dialect {
  /** Characters that begin a comment. */
  readonly comments: string;
  /** Whether a comment may begin within a word. */
  readonly commentEndsWord: boolean;
  /** Whether `{` and `}` are marks. */
  readonly braces: boolean;
  /** Whether `;` ends a statement; else the line's end does. */
  readonly semicolons: boolean;
  readonly quotes: string;
  /** A quote within a word: goes on with the word, begins another one, or is an ordinary character. */
  readonly quoteInWord: "join" | "split" | "plain";
  readonly quotesSpanLines: boolean;
  /** Quotes in which a backslash is an ordinary character. */
  readonly literalQuotes: string;
  /** What a backslash and the character behind it stand for. */
  unescape(character: string, quote: string | undefined): string;
}

/**
 * Cuts the text of a configuration file into words, in linear time. It never fails: what is not
 * well formed is a problem, and reading goes on. Lines and columns count from 1, columns in UTF-16
 * code units; a byte order mark does not count.
 */
export function tokenize(source: { readonly file: string; readonly text: string }, dialect: Dialect): Tokens {
  const text = source.text.startsWith("\ufeff") ? source.text.slice(1) : source.text;
  const tokens: Token[] = [];
  const problems: SyntaxProblem[] = [];
  const plain = plainRun(dialect);
  let { quotesSpanLines } = dialect;
  let offset = 0;
  let line = 1;
  let lineStart = 0;

  while (offset < text.length) {
    const character = text.charAt(offset);
    const mark = markOf(character, dialect);
    if (character === "\n") {
      tokens.push({ kind: "line", position: here() });
      offset++;
      newLine();
    } else if (blank.test(character)) offset++;
    else if (dialect.comments.includes(character)) skipComment();
    else if (mark !== undefined && templateAt(offset) === "") {
      tokens.push({ kind: mark, position: here() });
      offset++;
    } else readWord();
  }
  const zero = text.indexOf("\0");
  if (zero !== -1) problems.push(binaryProblem(source.file, text, zero));
  return { tokens, problems };

  function here(): FilePosition {
    return { file: source.file, line, column: offset - lineStart + 1 };
  }

  function newLine(): void {
    line++;
    lineStart = offset;
  }

  function skipComment(): void {
    offset = endOfLine(text, offset);
  }

  function readWord(): void {
    const position = here();
    const first = offset;
    let word = "";
    let quoted = false;
    while (offset < text.length) {
      const character = text.charAt(offset);
      const template = templateAt(offset);
      if (template !== "") {
        word += template;
        offset += template.length;
      } else if (dialect.quotes.includes(character) && (offset === first || dialect.quoteInWord !== "plain")) {
        if (offset > first && dialect.quoteInWord === "split") break;
        quoted = true;
        word += readQuoted(character);
        if (dialect.quoteInWord === "split") break;
      } else if (character === "\\" && offset + 1 < text.length && text.charAt(offset + 1) !== "\n") {
        word += dialect.unescape(text.charAt(offset + 1), undefined);
        offset += 2;
      } else if (endsWord(character, dialect)) break;
      else {
        plain.lastIndex = offset + 1;
        const run = character + (plain.exec(text)?.[0] ?? "");
        word += run;
        offset += run.length;
      }
    }
    tokens.push({ kind: "word", text: word, position, quoted });
  }

  /** The text between quotes; without a closing quote the rest of the line. */
  function readQuoted(quote: string): string {
    const start = { offset, line, lineStart, position: here() };
    let content = "";
    let from = ++offset;
    for (; offset < text.length; offset++) {
      const character = text.charAt(offset);
      if (character === quote) {
        content += text.slice(from, offset);
        offset++;
        return content;
      }
      if (character === "\n") {
        if (!quotesSpanLines) break;
        offset++;
        newLine();
        offset--;
      } else if (character === "\\" && !dialect.literalQuotes.includes(quote) && text.charAt(offset + 1) !== "\n") {
        content += text.slice(from, offset) + dialect.unescape(text.charAt(offset + 1), quote);
        from = offset + 2;
        offset++;
      }
    }
    // Back to the line of the quote, and no search through the rest of the text for the next one.
    quotesSpanLines = false;
    ({ line, lineStart } = start);
    offset = endOfLine(text, start.offset);
    problems.push({
      position: start.position,
      message: `the quote ${quote} is not closed`,
      remedy: `add the closing ${quote}`,
    });
    return text.slice(start.offset + 1, offset);
  }

  /** A variable or a template's tag that begins here, such as ${VIP} or {{ vip }}: its braces are no marks. */
  function templateAt(at: number): string {
    if (!dialect.braces) return "";
    const character = text.charAt(at);
    if (character !== "$" && character !== "{") return "";
    template.lastIndex = at;
    return template.exec(text)?.[0] ?? "";
  }
}

const blank = /[ \t\r\v\f]/;

// Bounded, so that many opening braces cost no more than their number.
const template = /\$\{[^\n{}"]{1,100}\}|\{\{[^\n]{0,200}?\}\}|\{%[^\n]{0,200}?%\}/y;

function markOf(character: string, dialect: Dialect): "open" | "close" | "end" | undefined {
  if (dialect.semicolons && character === ";") return "end";
  if (!dialect.braces) return undefined;
  return character === "{" ? "open" : character === "}" ? "close" : undefined;
}

function endsWord(character: string, dialect: Dialect): boolean {
  return (
    character === "\n" ||
    blank.test(character) ||
    markOf(character, dialect) !== undefined ||
    (dialect.commentEndsWord && dialect.comments.includes(character))
  );
}

/** Characters that neither end a word nor mean anything in it. */
function plainRun(dialect: Dialect): RegExp {
  const special = `{}$;\\${dialect.quotes}${dialect.comments}`;
  return new RegExp(`[^\\s${special.replaceAll(/[\\\]^-]/g, "\\$&")}]*`, "y");
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf("\n", from);
  const end = found === -1 ? text.length : found;
  return end > from && text.charAt(end - 1) === "\r" ? end - 1 : end;
}

function binaryProblem(file: string, text: string, offset: number): SyntaxProblem {
  const before = text.slice(0, offset);
  return {
    position: { file, line: before.split("\n").length, column: offset - (before.lastIndexOf("\n") + 1) + 1 },
    message: "the text holds a NUL character",
    remedy: "write plain text without NUL characters",
  };
}
