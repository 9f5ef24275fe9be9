import type { Located } from "../model/located.ts";
import { nginxDialect } from "./dialects.ts";
import type { ReadSource } from "./reading.ts";
import { readStatements } from "./statements.ts";
import type { Comment, Statement, SyntaxProblem } from "./syntax.ts";

/** The directives of nginx.conf with those of the files that it includes in their places. */
export interface NginxText {
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
  /** Includes of files that were not given. */
  readonly missing: readonly Located<string>[];
}

/** Reads a file and what it includes. */
export function readWithIncludes(source: ReadSource): NginxText {
  const problems: SyntaxProblem[] = [];
  const missing: Located<string>[] = [];
  const { statements, comments, problems: own } = readStatements(source, nginxDialect);
  let files = 0;
  return { statements: expand(statements, [source.file]), comments, problems: [...own, ...problems], missing };

  function expand(list: readonly Statement[], open: readonly string[]): readonly Statement[] {
    return list.flatMap((statement): readonly Statement[] => {
      const { words, block } = statement;
      if (words[0]?.text === "http" || words[0]?.text === "mail") return [{ words, block: [] }];
      if (words[0]?.text !== "include" || words[1] === undefined || block !== undefined)
        return block === undefined ? [statement] : [{ words, block: expand(block, open) }];
      const { text, position } = words[1];
      const included = source.lookup?.(text) ?? [];
      if (included.length === 0) missing.push({ value: text, position });
      return included.flatMap((file) => {
        if (open.includes(file.file) || open.length > deepest || ++files > mostFiles) {
          problems.push({
            position,
            message: `${text} includes itself or too many files`,
            remedy: "include every file once",
          });
          return [];
        }
        // What is wrong in it is said where that file is read for itself.
        return expand(readStatements(file, nginxDialect).statements, [...open, file.file]);
      });
    });
  }
}

const deepest = 10;
const mostFiles = 200;
