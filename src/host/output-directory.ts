import { dirname, join } from "node:path";

import { ExitCode, UserError } from "../errors.ts";
import type { OutputFile } from "../formats/format.ts";
import {
  environmentFailure,
  listDirectory,
  makeDirectory,
  readTextIfExists,
  removeFile,
  statusOf,
  writeWhole,
} from "./files.ts";

/** The list of what we wrote, so that we remove what is stale and touch nothing else. */
export const ownedListName = ".kubeadm-ha-files";

export interface WriteResult {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
}

/**
 * Makes the directory hold exactly these files of ours, and of those that are there already what `stays`. A directory
 * with files of somebody else is refused.
 */
export function writeOutputDirectory(
  directory: string,
  files: readonly OutputFile[],
  stays: (path: string) => boolean = () => false,
): WriteResult {
  return environmentFailure(`cannot write ${directory}`, () => {
    if (statusOf(directory)?.isFile() === true) throw new Error("it is a file; -o needs a directory");
    return write(directory, files, stays);
  });
}

/** The paths below the directory that we wrote at an earlier time; undefined when none is ours. */
export function ownedPaths(directory: string): readonly string[] | undefined {
  const list = environmentFailure(`cannot read ${directory}`, () => readTextIfExists(join(directory, ownedListName)));
  // A list that somebody edited must not lead us out of the directory.
  return list?.split("\n").filter((path) => path !== "" && !path.startsWith("/") && !path.split("/").includes(".."));
}

function write(directory: string, files: readonly OutputFile[], stays: (path: string) => boolean): WriteResult {
  const owned = ownedPaths(directory);
  if (owned === undefined && listDirectory(directory).length > 0) {
    throw new UserError(
      `${directory} is not empty and has no ${ownedListName}: choose an empty or new directory for -o, since stale files in it would be removed`,
    );
  }
  const paths = new Set(files.map((file) => file.path));
  const kept = (owned ?? []).filter((path) => !paths.has(path) && stays(path));
  const stale = (owned ?? []).filter((path) => !paths.has(path) && !kept.includes(path));
  makeDirectory(directory, 0o755);
  // The list goes first, with old and new names: whatever happens then, we know what is ours.
  writeList(directory, [...paths, ...kept, ...stale]);
  const parents = new Set<string>();
  let written = 0;
  for (const file of files) {
    makeParents(directory, file.path, parents);
    if (writeWhole(join(directory, file.path), file)) written++;
  }
  for (const path of stale) removeWithParents(directory, path);
  if (stale.length > 0) writeList(directory, [...paths, ...kept]);
  return { written, unchanged: files.length - written, removed: stale.length };
}

function writeList(directory: string, paths: readonly string[]): void {
  const text = paths
    .toSorted()
    .map((path) => `${path}\n`)
    .join("");
  writeWhole(join(directory, ownedListName), { mode: 0o644, text });
}

function makeParents(root: string, path: string, known: Set<string>): void {
  for (const below of parentsOf(path)) {
    if (known.has(below)) continue;
    known.add(below);
    const parent = join(root, below);
    if (statusOf(parent)?.isSymbolicLink() === true)
      throw new UserError(`${parent} is a symbolic link; it could lead out of the output directory`, {
        exitCode: ExitCode.environment,
      });
    // kubeadm makes the manifests' directory so, and copying the tree must not open it.
    makeDirectory(parent, below.endsWith("/etc/kubernetes/manifests") ? 0o700 : 0o755);
  }
}

function removeWithParents(root: string, path: string): void {
  // Behind a link, or below what is no directory, nothing is ours.
  if (!parentsOf(path).every((parent) => statusOf(join(root, parent))?.isDirectory() === true)) return;
  removeFile(join(root, path));
  for (let parent = dirname(path); parent !== "."; parent = dirname(parent)) {
    // A directory that is not empty is still used, by us or by somebody else.
    if (listDirectory(join(root, parent)).length > 0 || !removeFile(join(root, parent))) return;
  }
}

/** `a`, `a/b` of `a/b/c`. */
function parentsOf(path: string): readonly string[] {
  const steps = path.split("/").slice(0, -1);
  return steps.map((_, index) => steps.slice(0, index + 1).join("/"));
}
