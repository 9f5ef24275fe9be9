/** One value of a file and the place where a reader of the file's format finds it. */
export interface Leaf {
  readonly path: string;
  readonly value: string;
  /** What the value is to its reader; absent where a format knows only words. */
  readonly type?: string;
}

/** The leaves of a file made of lines that no reader takes apart further. */
export function lineLeaves(text: string): readonly Leaf[] {
  return text.split("\n").map((value, index) => ({ path: `line ${index + 1}`, value }));
}

/** Between the words of a value, so that one word that becomes two is another value. */
export const wordEnd = "\u{f0000}";
