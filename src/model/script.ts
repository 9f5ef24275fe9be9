import type { Located } from "./located.ts";

/** A check script as far as it can be judged without running it. */
export interface CheckScript {
  readonly file: string;
  /** Where the file begins, for what is missing as a whole. */
  readonly start: Located<string>;
  /** The simple commands in it, in order, with the position of the command's word. */
  readonly commands: readonly (readonly Located<string>[])[];
  /** The longest that its own limits let it last, in seconds: --max-time, -T, -w, sleep; undefined when none is seen. */
  readonly longest: Located<number> | undefined;
}
