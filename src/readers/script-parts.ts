import type { FilePosition } from "../findings/finding.ts";
import type { Located } from "../model/located.ts";
import type { ReadSource } from "./reading.ts";
import type { SyntaxProblem } from "./syntax.ts";

/** A simple command, or a word or mark that gives commands their order. */
export type ScriptPart =
  | {
      readonly kind: "command";
      readonly words: readonly Located<string>[];
      /** Whether it runs only if, or because, the one before it succeeded or failed. */
      readonly conditional: boolean;
    }
  | { readonly kind: "reserved"; readonly text: string; readonly position: FilePosition };

export interface ScriptParts {
  readonly parts: readonly ScriptPart[];
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Cuts a shell script into commands, also those within `$(…)`, `` `…` `` and quotes. Quotes are
 * taken off the words; expansions stay as they are written.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function scriptParts({ file, text: whole }: ReadSource): ScriptParts {
  const text = whole.startsWith("\ufeff") ? whole.slice(1) : whole;
  const parts: ScriptPart[] = [];
  const problems: SyntaxProblem[] = [];
  const outermost: Code = newCode("", undefined);
  const stack: Frame[] = [outermost];
  let code = outermost;
  const heredocs: { readonly end: string; readonly tabs: boolean }[] = [];
  let offset = 0;
  let line = 1;
  let lineStart = 0;

  while (offset < text.length) {
    const frame = stack.at(-1) ?? outermost;
    if (frame.mode === "code") readCode(frame);
    else readInside(frame);
  }
  endCommand(false);
  const left = stack.at(-1);
  if (left !== undefined && left.mode !== "code") problems.push(notClosed(left.position, left.mode));
  return { parts, problems };

  function here(): FilePosition {
    return { file, line, column: offset - lineStart + 1 };
  }

  function readCode(frame: Code): void {
    const character = text.charAt(offset);
    if (character === "\n") newLine();
    else if (/[ \t\r]/.test(character)) {
      endWord();
      offset++;
    } else if (character === "#" && code.word === undefined) skipComment();
    else if (character === "\\") {
      if (text.charAt(offset + 1) === "\n") skipLineEnd();
      else append(text.charAt(offset + 1), 2);
    } else if (character === "'") readSingle();
    else if (character === "<" && text.startsWith("<<", offset) && !text.startsWith("<<<", offset)) readHeredoc();
    else if (character === frame.close && !(character === ")" && (frame.pattern || frame.subshells > 0))) closeCode();
    else if (/[;&|()]/.test(character)) readOperator(character);
    else if (!expansion(character)) append(character, 1);
  }

  function readInside(frame: Quote): void {
    const character = text.charAt(offset);
    if (character === ends[frame.mode]) {
      if (frame.mode === "double") offset++;
      else append(character, 1);
      stack.pop();
    } else if (character === "\n") {
      append(character, 1);
      line++;
      lineStart = offset;
    } else if (character === "\\" && offset + 1 < text.length && text.charAt(offset + 1) !== "\n")
      append(text.charAt(offset + 1), 2);
    else if (frame.mode === "parenthesis" && character === "(") {
      stack.push({ mode: "parenthesis", position: here() });
      append(character, 1);
    } else if (!(frame.mode === "double" || frame.mode === "brace" ? expansion(character) : false))
      append(character, 1);
  }

  /** Reads what `$`, a double quote or a backquote begins. */
  function expansion(character: string): boolean {
    const position = here();
    const frame = stack.at(-1);
    if (character === '"' && frame?.mode !== "double") {
      append("", 1);
      stack.push({ mode: "double", position });
    } else if (character === "`" || text.startsWith("$(", offset)) {
      if (text.startsWith("$((", offset)) {
        append("$((", 3);
        stack.push({ mode: "parenthesis", position }, { mode: "parenthesis", position });
        return true;
      }
      append(character === "`" ? "`" : "$(", character === "`" ? 1 : 2);
      code = newCode(character === "`" ? "`" : ")", code);
      stack.push(code);
    } else if (text.startsWith("${", offset)) {
      append("${", 2);
      stack.push({ mode: "brace", position });
    } else return false;
    return true;
  }

  function append(characters: string, length: number): void {
    code.word ??= { position: here(), pieces: [] };
    code.word.pieces.push(characters);
    offset += length;
  }

  function readSingle(): void {
    const dollar = code.word?.pieces.at(-1) === "$";
    const position = here();
    const from = offset + 1;
    let end = text.indexOf("'", from);
    // $'it\'s' has escapes, 'it\' has none.
    if (dollar) while (end !== -1 && text.charAt(end - 1) === "\\") end = text.indexOf("'", end + 1);
    if (end === -1) {
      problems.push(notClosed(position, "single"));
      end = text.length;
    }
    const content = text.slice(from, end);
    append(content, end + 1 - offset);
    const breaks = content.split("\n").length - 1;
    line += breaks;
    if (breaks > 0) lineStart = from + content.lastIndexOf("\n") + 1;
  }

  function skipComment(): void {
    const found = text.indexOf("\n", offset);
    const end = found === -1 ? text.length : found;
    offset = end;
  }

  function readHeredoc(): void {
    const match = /<<(-?)[ \t]*(\\?["']?)([\w.-]{1,100})["']?/y;
    match.lastIndex = offset;
    const found = match.exec(text);
    if (found === null) return append("<<", 2);
    heredocs.push({ end: found[3] ?? "", tabs: found[1] === "-" });
    endWord();
    offset += found[0].length;
  }

  function newLine(): void {
    endCommand(false);
    skipLineEnd(1);
    for (const { end, tabs } of heredocs.splice(0)) {
      while (offset < text.length) {
        const found = text.indexOf("\n", offset);
        const stop = found === -1 ? text.length : found;
        const content = text.slice(offset, stop).replace(/\r$/, "");
        offset = stop;
        if (found !== -1) skipLineEnd(1);
        if ((tabs ? content.replace(/^\t+/, "") : content) === end) break;
      }
    }
  }

  function skipLineEnd(length = 2): void {
    offset += length;
    line++;
    lineStart = offset;
  }

  function readOperator(character: string): void {
    const mark = text.slice(offset, offset + 2);
    if (character === "(" && text.charAt(offset + 1) === ")") {
      // NAME() begins a function, of which the name is no command.
      endWord();
      code.words = [];
      parts.push({ kind: "reserved", text: "()", position: here() });
      offset += 2;
    } else if (character === ")" && code.pattern) {
      endWord();
      code.words = [];
      code.pattern = false;
      offset++;
    } else if (character === "&" && (text.charAt(offset - 1) === ">" || text.charAt(offset - 1) === "<"))
      append("&", 1);
    else {
      const position = here();
      if (character === "(") code.subshells++;
      if (character === ")") code.subshells = Math.max(0, code.subshells - 1);
      endCommand(mark === "&&" || mark === "||");
      if (/^;[;&]/.test(mark) && code.cases > 0) {
        parts.push({ kind: "reserved", text: ";;", position });
        code.pattern = true;
      }
      offset += /^(?:&&|\|\||;;|;&|\|&)$/.test(mark) ? 2 : 1;
    }
  }

  function endWord(): void {
    if (code.word === undefined) return;
    const { position, pieces } = code.word;
    code.word = undefined;
    const value = pieces.join("");
    if (code.words.length === 0 && code.pattern && value === "esac") {
      code.cases--;
      code.pattern = false;
      parts.push({ kind: "reserved", text: value, position });
    } else if (code.words.length === 0 && reserved.has(value)) parts.push({ kind: "reserved", text: value, position });
    else if (value === "in" && code.words.length === 2 && code.words[0]?.value === "case") {
      code.words = [];
      code.cases++;
      code.pattern = true;
      parts.push({ kind: "reserved", text: "case", position });
    } else code.words.push({ value, position });
  }

  function endCommand(nextConditional: boolean): void {
    endWord();
    if (code.words.length > 0 && !code.pattern)
      parts.push({ kind: "command", words: code.words, conditional: code.conditional });
    code.words = [];
    code.conditional = nextConditional;
  }

  function closeCode(): void {
    endCommand(false);
    const { close } = code;
    stack.pop();
    code = code.outer ?? outermost;
    append(close, 1);
  }
}

interface Code {
  readonly mode: "code";
  /** What ends it; empty for the script itself. */
  readonly close: string;
  readonly outer: Code | undefined;
  /** Open parentheses in it. */
  subshells: number;
  words: Located<string>[];
  word: { readonly position: FilePosition; readonly pieces: string[] } | undefined;
  conditional: boolean;
  /** Open `case` statements. */
  cases: number;
  /** Whether a pattern of a `case` comes. */
  pattern: boolean;
}

interface Quote {
  readonly mode: "double" | "brace" | "parenthesis";
  readonly position: FilePosition;
}

type Frame = Code | Quote;

const ends = { double: '"', brace: "}", parenthesis: ")" } as const;

const reserved: ReadonlySet<string> = new Set("if then elif else fi while until do done { } ! time".split(" "));

function newCode(close: string, outer: Code | undefined): Code {
  return {
    mode: "code",
    close,
    outer,
    subshells: 0,
    words: [],
    word: undefined,
    conditional: false,
    cases: 0,
    pattern: false,
  };
}

function notClosed(position: FilePosition, mode: Quote["mode"] | "single"): SyntaxProblem {
  const mark = { double: '"', single: "'", brace: "${", parenthesis: "$((" }[mode];
  return { position, message: `${mark} is not closed`, remedy: `close ${mark}` };
}
