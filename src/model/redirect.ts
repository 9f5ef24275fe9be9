import type { FilePosition } from "../findings/finding.ts";

/** A TCP port of a machine that the kernel leads to another one. */
export interface PortRedirect {
  readonly from: number;
  readonly to: number;
  readonly position: FilePosition;
}
