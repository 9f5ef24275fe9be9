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

/** A comment, which may hold a suppression. */
export interface Comment {
  readonly text: string;
  readonly position: FilePosition;
}

/** The text of a line, for code frames. */
export interface SyntaxTree {
  readonly file: string;
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  /** What could not be read; the rest was read all the same. */
  readonly problems: readonly SyntaxProblem[];
}

export interface SyntaxProblem {
  readonly position: FilePosition;
  readonly message: string;
  readonly remedy: string;
}
