import type { FilePosition } from "../findings/finding.ts";
import type { Statement, SyntaxProblem, SyntaxTree, Word } from "./syntax.ts";
import { type Dialect, type Token, tokenize, type Tokens } from "./tokenize.ts";

/** Reads the text of a configuration file as statements with their blocks; without braces every line is a statement. */
export function readStatements(source: { readonly file: string; readonly text: string }, dialect: Dialect): SyntaxTree {
  return buildTree(source.file, tokenize(source, dialect), dialect);
}

/**
 * Statements from words and marks. Blocks below `deepest` are read as if they were not there, so
 * that trees can be walked by recursion.
 */
export function buildTree(file: string, read: Tokens, dialect: Dialect): SyntaxTree {
  const { tokens, problems: tokenProblems } = read;
  const problems: SyntaxProblem[] = [...tokenProblems];
  const root: Growing[] = [];
  const open: Frame[] = [];
  let words: Word[] = [];
  // Linear even for a hundred thousand blocks: the innermost list is at hand.
  let list = root;

  for (const token of tokens) take(token);
  if (words.length > 0 && dialect.semicolons) problems.push(missingSemicolon(words));
  finish();
  const unclosed = open.at(-1);
  if (unclosed !== undefined) problems.push(notClosed(unclosed));
  return { file, statements: root, problems };

  function take(token: Token): void {
    switch (token.kind) {
      case "word":
        words.push(token);
        break;
      case "line":
        if (!dialect.semicolons) finish();
        break;
      case "end":
        if (words.length === 0) problems.push(strayMark(token.position, ";"));
        finish();
        break;
      case "open":
        openBlock(token.position);
        break;
      case "close":
        if (words.length > 0 && dialect.semicolons) problems.push(missingSemicolon(words));
        finish();
        if (open.length === 0) problems.push(strayMark(token.position, "}"));
        list = open.pop()?.outer ?? root;
        break;
    }
  }

  function finish(): void {
    if (words.length > 0) list.push({ words });
    words = [];
  }

  function openBlock(position: FilePosition): void {
    const sameLine = words.length > 0;
    finish();
    const owner = sameLine || !dialect.semicolons ? list.at(-1) : undefined;
    const outer = list;
    if (owner === undefined || owner.block !== undefined) problems.push(strayMark(position, "{"));
    else if (open.length >= deepest) {
      if (open.length === deepest) problems.push(tooDeep(position));
    } else list = owner.block = [];
    open.push({ outer, position: owner?.words[0]?.position ?? position, name: owner?.words[0]?.text ?? "{" });
  }
}

const deepest = 100;

interface Growing extends Statement {
  block?: Growing[];
}

interface Frame {
  readonly outer: Growing[];
  readonly position: FilePosition;
  readonly name: string;
}

function notClosed({ position, name }: Frame): SyntaxProblem {
  return { position, message: `the block ${name} is not closed`, remedy: "add the closing }" };
}

function missingSemicolon(words: readonly Word[]): SyntaxProblem {
  const [first] = words as readonly [Word, ...Word[]];
  return {
    position: first.position,
    message: `${first.text} has no ; at its end`,
    remedy: "end the statement with ;",
  };
}

function strayMark(position: FilePosition, mark: string): SyntaxProblem {
  return {
    position,
    message: `this ${mark} belongs to nothing`,
    remedy: `remove the ${mark} or write what it belongs to`,
  };
}

function tooDeep(position: FilePosition): SyntaxProblem {
  return { position, message: `blocks are nested deeper than ${deepest}`, remedy: "close the blocks" };
}
