import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { InputFile } from "../../src/readers/read-tree.ts";
import { type ClusterTiming } from "../../src/timing/cluster-timing.ts";
import { timedCluster } from "../../src/timing/timed-cluster.ts";

/** All files below a directory of the repository. */
export function filesBelow(directory: string): readonly InputFile[] {
  const root = join(import.meta.dirname, "../..", directory);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => ({ file: path.slice(root.length + 1), text: readFileSync(path, "utf8") }));
}

/** The timing of the files below a directory of the repository. */
export function timingOf(directory: string, endpoint?: string): ClusterTiming {
  return timedCluster({ name: directory, files: filesBelow(directory), endpoint });
}

/** The same after changes to the texts of some files; a change that changes nothing is a mistake. */
export function changed(
  directory: string,
  replacements: readonly (readonly [from: string | RegExp, to: string])[],
): ClusterTiming {
  const before = filesBelow(directory);
  const files = replacements.reduce(
    (list, [from, to]) => list.map(({ file, text }) => ({ file, text: text.replaceAll(from, to) })),
    before,
  );
  for (const [from] of replacements)
    if (!before.some(({ text }) => (typeof from === "string" ? text.includes(from) : text.search(from) >= 0)))
      throw new Error(`${directory} has no ${String(from)}`);
  return timedCluster({ name: directory, files, endpoint: undefined });
}
