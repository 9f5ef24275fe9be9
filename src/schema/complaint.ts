import type { Path } from "../yaml/read.ts";

/** What a complaint is about; each is reported by a rule of its own. */
export type Concern = "unknown-field" | "type" | "missing" | "value";

/** What is wrong at a place of an object. */
export interface Complaint {
  readonly concern: Concern;
  readonly path: Path;
  readonly message: string;
  readonly remedy: string;
}
