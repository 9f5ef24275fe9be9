import type { Located } from "../model/located.ts";
import type { ReadSource } from "./reading.ts";
import type { SyntaxProblem } from "./syntax.ts";
import { keepalivedDialect } from "./dialects.ts";
import { type Token, tokenize, type Tokens } from "./tokenize.ts";

/**
 * The words of keepalived.conf after what keepalived does line by line: `include`, lines for one
 * machine (`@cp1 priority 100`), definitions (`$VIP=192.0.2.9`) and their use. Of a sequence (`~SEQ`)
 * the first turn is read, which shows the form of them all.
 * https://github.com/acassen/keepalived/blob/master/lib/parser.c
 */
export function expandLines(source: ReadSource): ExpandedLines {
  const read = tokenize(source, keepalivedDialect);
  const state: State = {
    tokens: [],
    problems: [],
    unread: [],
    definitions: new Map(),
    identity: identityIn(read.tokens, source.node),
    open: [source.file],
    included: 0,
    refused: false,
    budget: 100_000,
  };
  expandFile(source, state);
  return state;
}

/** Words and marks, and the includes whose files were not given. */
export interface ExpandedLines extends Tokens {
  readonly unread: readonly Located<string>[];
}

interface State {
  readonly tokens: Token[];
  readonly problems: SyntaxProblem[];
  readonly unread: Located<string>[];
  readonly definitions: Map<string, readonly Token[]>;
  /** The machine whose lines are read. */
  readonly identity: string | undefined;
  /** Files that are being read, the outermost first. */
  readonly open: string[];
  /** Characters of included files, and something for each file. */
  included: number;
  refused: boolean;
  /** Characters that definitions may still add. */
  budget: number;
}

// keepalived gets the name with --config-id; a file that has lines for machines means one of them.
function identityIn(tokens: readonly Token[], node: string | undefined): string | undefined {
  const names = linesOf(tokens).flatMap(([first]) =>
    first?.kind === "word" && /^@[^^]/.test(first.text) ? [first.text.slice(1)] : [],
  );
  return node !== undefined && names.includes(node) ? node : names[0];
}

function expandFile(source: ReadSource, state: State): void {
  const { tokens, problems } = tokenize(source, keepalivedDialect);
  // Not spread into push: an argument list has a limit.
  for (const problem of problems) state.problems.push(problem);
  let definition: { readonly name: string; readonly value: Token[] } | undefined;
  for (const line of linesOf(tokens)) {
    if (definition === undefined) definition = definitionIn(forIdentity(line, state.identity));
    else for (const token of line) definition.value.push(token);
    if (definition === undefined) expandLine(forIdentity(line, state.identity), { source, state });
    else if (!continues(definition.value)) {
      state.definitions.set(definition.name, definition.value);
      definition = undefined;
    }
  }
}

/** Each with the mark of its end, except perhaps the last. */
function linesOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]];
  for (const token of tokens) {
    lines.at(-1)?.push(token);
    if (token.kind === "line") lines.push([]);
  }
  return lines;
}

function forIdentity(line: readonly Token[], identity: string | undefined): readonly Token[] {
  const [first, ...rest] = line;
  if (first?.kind !== "word" || first.quoted || !/^@\^?./.test(first.text)) return line;
  const negated = first.text.startsWith("@^");
  const matches = first.text.slice(negated ? 2 : 1) === identity;
  return matches === negated ? rest.filter(({ kind }) => kind === "line") : rest;
}

function definitionIn(line: readonly Token[]): { readonly name: string; readonly value: Token[] } | undefined {
  const [first, ...rest] = line;
  const match = first?.kind === "word" && !first.quoted ? /^\$([A-Za-z_]\w*)=(.*)$/s.exec(first.text) : null;
  if (first?.kind !== "word" || match === null) return undefined;
  const [, name = "", begin = ""] = match;
  return { name, value: [...(begin === "" ? [] : [{ ...first, text: begin }]), ...rest] };
}

/** Whether a definition goes on behind a backslash, which it loses, as the line's end of its last line. */
function continues(value: Token[]): boolean {
  const end = value.at(-1);
  if (end?.kind !== "line") return false;
  const last = value.at(-2);
  if (last?.kind !== "word" || !last.text.endsWith("\\")) {
    value.pop();
    return false;
  }
  value.splice(-2, 1, ...(last.text === "\\" ? [] : [{ ...last, text: last.text.slice(0, -1) }]));
  return true;
}

function expandLine(line: readonly Token[], { source, state }: { source: ReadSource; state: State }): void {
  const [first, second] = line;
  if (first?.kind !== "word") for (const token of line) addToken(token, state);
  else if (/^~(?:SEQ|LST)/.test(first.text)) for (const token of firstTurn(line, state)) addToken(token, state);
  else if (/^include[rmwba]?$/.test(first.text) && second?.kind === "word") include(second, { source, state });
  else for (const token of line) addToken(token, state);
}

function include(path: Token & { kind: "word" }, { source, state }: { source: ReadSource; state: State }): void {
  const files = source.lookup?.(path.text) ?? [];
  if (files.length === 0) state.unread.push({ value: path.text, position: path.position });
  for (const found of files) {
    state.included += found.text.length + 1000;
    if (state.open.includes(found.file) || state.included > 1_000_000) {
      state.refused = refuse(path, state);
      return;
    }
    state.open.push(found.file);
    expandFile({ ...found, ...(source.lookup && { lookup: source.lookup }) }, state);
    state.tokens.push({ kind: "line", position: path.position });
    state.open.pop();
  }
}

/** Says once that includes go round in circles or never end. */
function refuse(path: Token & { kind: "word" }, state: State): true {
  if (!state.refused) {
    state.problems.push({
      position: path.position,
      message: `${path.text} includes itself, or includes bring more than a million characters`,
      remedy: "remove this include",
    });
  }
  return true;
}

/** `~SEQ(N, 1, 3) text` as its text with $N=1. */
function firstTurn(line: readonly Token[], state: State): readonly Token[] {
  const end = line.findIndex((token) => token.kind === "word" && token.text.includes(")"));
  if (end === -1) return line.filter(({ kind }) => kind === "line");
  const head = line.slice(0, end + 1).map((token) => (token.kind === "word" ? token.text : ""));
  const names = [.../(?:\(|\s|,)\$?([A-Za-z_]\w*)/g[Symbol.matchAll](head.join(" ").slice(0, 1000))];
  const numbers = /,\s*(-?\d+)\s*,/.exec(head.join(" "))?.[1] ?? "1";
  for (const [, name = ""] of names) {
    const { position } = line[0] as Token;
    state.definitions.set(name, [{ kind: "word", text: numbers, position, quoted: false }]);
  }
  return line.slice(end + 1);
}

function addToken(token: Token, state: State, depth = 0): void {
  if (token.kind !== "word" || !token.text.includes("$")) {
    state.tokens.push(token);
    return;
  }
  const whole = /^\$(?:\{(\w+)\}|(\w+))$/.exec(token.text);
  const value = whole === null ? undefined : state.definitions.get(whole[1] ?? whole[2] ?? "");
  if (value !== undefined && !token.quoted && depth < 10 && state.budget > 0) {
    for (const part of value) {
      state.budget -= part.kind === "word" ? part.text.length + 1 : 1;
      if (state.budget <= 0) {
        state.problems.push(tooLong(token));
        return;
      }
      addToken({ ...part, position: token.position }, state, depth + 1);
    }
    return;
  }
  state.tokens.push({ ...token, text: replaced(token.text, { state, depth: 0 }) });
}

function replaced(text: string, { state, depth }: { readonly state: State; readonly depth: number }): string {
  return text.replaceAll(/\$\{(\w+)\}|\$(\w+)(?=[\s,)]|$)/g, (whole, braced?: string, bare?: string) => {
    const value = state.definitions.get(braced ?? bare ?? "");
    if (value === undefined || depth >= 10 || state.budget <= 0) return whole;
    const words = value.map((part) => (part.kind === "word" ? part.text : "")).join(" ");
    state.budget -= words.length + 1;
    return replaced(words, { state, depth: depth + 1 });
  });
}

function tooLong(token: Token): SyntaxProblem {
  return {
    position: token.position,
    message: "definitions make the file longer than 100000 characters",
    remedy: "let definitions not contain each other so often",
  };
}
