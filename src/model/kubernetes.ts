import type { FilePosition } from "../findings/finding.ts";
import type { Path } from "../yaml/read.ts";

/** One document of a YAML file with the places of its parts. */
export interface YamlObject {
  readonly file: string;
  /** Where the file stands on its machine. */
  readonly path: string;
  readonly value: unknown;
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  /** Where the value at a path is; where it is missing, its nearest ancestor. */
  locate(path: Path): FilePosition;
  /** Where the key of the map entry at a path is. */
  locateKey(path: Path): FilePosition;
}
