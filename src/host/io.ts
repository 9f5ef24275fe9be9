/** The outside as commands see it; tests pass their own. */
export interface Io {
  /** The answer. */
  out(text: string): void;
  /** For people. */
  err(text: string): void;
  /** Reads a text file, or standard input for "-". */
  read(path: string): string;
  /** Whether there is a file or directory at this path. */
  exists(path: string): boolean;
  /** Whether the path is a directory, on a machine that has directories. */
  isDirectory?(path: string): boolean;
  /** Whether the answer goes to a terminal that shows colours. */
  colour?(): boolean;
}
