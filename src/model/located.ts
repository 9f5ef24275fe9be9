import type { FilePosition } from "../findings/finding.ts";

/** A value together with the place where it stands. */
export interface Located<Value> {
  readonly value: Value;
  readonly position: FilePosition;
}
