import type { Located } from "../model/located.ts";
import { nginxDialect } from "./dialects.ts";
import type { ReadSource } from "./reading.ts";
import { readStatements } from "./statements.ts";
import type { Statement, SyntaxProblem } from "./syntax.ts";

/** The directives of nginx.conf with those of the files that it includes in their places. */
export interface NginxText {
  readonly statements: readonly Statement[];
  readonly problems: readonly SyntaxProblem[];
  /** Includes of files that were not given. */
  readonly missing: readonly Located<string>[];
}

/** Reads a file and what it includes. What is wrong in an included file is said where that is read for itself. */
export function readWithIncludes(source: ReadSource): NginxText {
  const { statements, problems } = readStatements(source, nginxDialect);
  const state: State = { source, read: new Map(), problems: [...problems], missing: [], budget: mostStatements };
  return {
    statements: expand(statements, { state, open: [source.file] }),
    problems: state.problems,
    missing: state.missing,
  };
}

interface State {
  readonly source: ReadSource;
  /** Files that were read already. */
  readonly read: Map<string, readonly Statement[]>;
  readonly problems: SyntaxProblem[];
  readonly missing: Located<string>[];
  /** Directives that includes may still add. */
  budget: number;
}

interface Context {
  readonly state: State;
  /** Files that are being read, the outermost first. */
  readonly open: readonly string[];
}

function expand(list: readonly Statement[], context: Context): readonly Statement[] {
  return list.flatMap((statement): readonly Statement[] => {
    const { words, block } = statement;
    const [first, second] = words;
    // Nothing in them concerns streams.
    if (first?.text === "http" || first?.text === "mail") return [{ words, block: [] }];
    if (block !== undefined) return [{ words, block: expand(block, context) }];
    if (first?.text !== "include" || second === undefined) return [statement];
    return include({ value: second.text, position: second.position }, context);
  });
}

function include(path: Located<string>, { state, open }: Context): readonly Statement[] {
  const found = state.source.lookup?.(path.value) ?? [];
  if (found.length === 0) state.missing.push(path);
  return found.flatMap((file) => {
    const statements = state.read.get(file.file) ?? readStatements(file, nginxDialect).statements;
    state.read.set(file.file, statements);
    state.budget -= count(statements);
    if (!open.includes(file.file) && open.length < deepest && state.budget >= 0)
      return expand(statements, { state, open: [...open, file.file] });
    state.problems.push({
      position: path.position,
      message: `${path.value.slice(0, 100)} includes itself or too much`,
      remedy: "include every file once",
    });
    return [];
  });
}

function count(statements: readonly Statement[]): number {
  return statements.reduce((sum, { block }) => sum + 1 + count(block ?? []), 0);
}

const deepest = 10;
const mostStatements = 100_000;
