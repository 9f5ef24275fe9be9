import type { SyntaxProblem } from "./syntax.ts";

/** A text to read, under the name that findings give it. */
export interface ReadSource {
  readonly file: string;
  readonly text: string;
  /** Name of the machine that the file is for; keepalived's `@name` lines are read for it. */
  readonly node?: string;
  /** Another file that the text includes, by the path that stands there; only files that were given are found. */
  lookup?(path: string): readonly { readonly file: string; readonly text: string }[];
}

/** What a reader made of a text. It never throws: what it could not read is a problem, and the rest was read all the same. */
export interface Reading<Model> {
  readonly model: Model;
  readonly problems: readonly SyntaxProblem[];
}
