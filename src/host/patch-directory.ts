import { readdirSync } from "node:fs";
import { join } from "node:path";

import { environmentFailure } from "./files.ts";
import type { Io } from "./io.ts";

/** A file with its name in the directory. */
export interface DirectoryFile {
  readonly name: string;
  readonly text: string;
}

/** The files of a directory of patches, without those below further directories. */
export function readPatchDirectory(directory: string, io: Io): readonly DirectoryFile[] {
  const entries = environmentFailure(`cannot read ${directory}`, () => readdirSync(directory, { withFileTypes: true }));
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => ({ name, text: io.read(join(directory, name)) }));
}
