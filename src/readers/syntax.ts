import type { FilePosition } from "../findings/finding.ts";

/** A word of a configuration file, without its quotes. */
export interface Word {
  readonly text: string;
  readonly position: FilePosition;
  readonly quoted: boolean;
}

/** A keyword with its arguments, and the statements in its braces or below its section head. */
export interface Statement {
  /** At least one. */
  readonly words: readonly Word[];
  /** Absent where there is no block at all. */
  readonly block?: readonly Statement[];
}

/** What a text is made of. */
export interface SyntaxTree {
  readonly file: string;
  readonly statements: readonly Statement[];
  /** What could not be read; the rest was read all the same. */
  readonly problems: readonly SyntaxProblem[];
}

export interface SyntaxProblem {
  readonly position: FilePosition;
  readonly message: string;
  readonly remedy: string;
}
