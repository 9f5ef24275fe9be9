import { builtProgram } from "../../support/built.ts";
import type { Tree } from "./tree.ts";

/** The command that takes everything of ours away from below a directory. */
export function reset(root: string, ...options: readonly string[]): readonly string[] {
  return [process.execPath, builtProgram, "reset", "--rootfs", root, ...options];
}

/** What differs between two trees: by path what is in the one and in the other. */
export function differences(
  before: Tree,
  after: Tree,
): Readonly<Record<string, readonly [string | undefined, string | undefined]>> {
  const places = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  const differing = places.filter((place) => before[place] !== after[place]);
  return Object.fromEntries(differing.map((place) => [place, [before[place], after[place]]]));
}
