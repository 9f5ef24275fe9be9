import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { ExitCode, UserError } from "../errors.ts";
import type { OutputFile } from "../formats/format.ts";

/** The list of what we wrote, so that we remove what is stale and touch nothing else. */
export const ownedListName = ".kubeadm-ha-files";

export interface WriteResult {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
}

/**
 * Makes the directory hold exactly these files of ours. A directory with files of somebody else is
 * refused. With `only`, the files of other nodes stay as they are.
 */
export function writeOutputDirectory(directory: string, files: readonly OutputFile[], only?: string): WriteResult {
  try {
    return write(directory, files, only);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`cannot write ${directory}: ${error instanceof Error ? error.message : String(error)}`, {
      exitCode: ExitCode.environment,
      cause: error,
    });
  }
}

/** The paths below the directory that we wrote at an earlier time; undefined when none is ours. */
export function ownedPaths(directory: string): readonly string[] | undefined {
  const list = readIfExists(join(directory, ownedListName));
  // A list that somebody edited must not lead us out of the directory.
  return list?.split("\n").filter((path) => path !== "" && !path.startsWith("/") && !path.split("/").includes(".."));
}

function write(directory: string, files: readonly OutputFile[], only: string | undefined): WriteResult {
  const owned = ownedPaths(directory);
  if (owned === undefined && isOccupied(directory)) {
    throw new UserError(
      `${directory} is not empty and has no ${ownedListName}: choose an empty or new directory for -o, since stale files in it would be removed`,
    );
  }
  const paths = new Set(files.map((file) => file.path));
  const kept = (owned ?? []).filter((path) => !paths.has(path) && only !== undefined && path.split("/")[0] !== only);
  const stale = (owned ?? []).filter((path) => !paths.has(path) && !kept.includes(path));
  const directories = new Set<string>();
  makeDirectory(directory, 0o755, directories);
  const list = [...paths, ...kept]
    .toSorted()
    .map((path) => `${path}\n`)
    .join("");
  // The list goes first, with old and new names: whatever happens then, we know what is ours.
  writeFile(join(directory, ownedListName), {
    mode: 0o644,
    text: stale.length === 0 ? list : `${list}${stale.map((path) => `${path}\n`).join("")}`,
  });
  let written = 0;
  for (const file of files) {
    makeParents(directory, file.path, directories);
    if (writeFile(join(directory, file.path), file)) written++;
  }
  for (const path of stale) removeWithParents(directory, path);
  if (stale.length > 0) writeFile(join(directory, ownedListName), { mode: 0o644, text: list });
  return { written, unchanged: files.length - written, removed: stale.length };
}

function makeParents(root: string, path: string, made: Set<string>): void {
  const steps = path.split("/").slice(0, -1);
  for (let depth = 1; depth <= steps.length; depth++) {
    const below = steps.slice(0, depth).join("/");
    // kubeadm makes the manifests' directory so, and copying the tree must not open it.
    makeDirectory(join(root, below), below.endsWith("/etc/kubernetes/manifests") ? 0o700 : 0o755, made);
  }
}

function makeDirectory(path: string, mode: number, made: Set<string>): void {
  if (made.has(path)) return;
  made.add(path);
  const existing = statusOf(path);
  if (existing?.isSymbolicLink() === true && dirname(path) !== path && made.size > 1)
    throw new UserError(`${path} is a symbolic link; it could lead out of the output directory`, {
      exitCode: ExitCode.environment,
    });
  if (existing !== undefined) return;
  // Node's own recursive mkdir never ends below /proc: https://github.com/nodejs/node/issues/31481
  if (dirname(path) !== path && statOf(dirname(path)) === undefined) makeDirectory(dirname(path), 0o755, new Set());
  mkdirSync(path);
  chmodSync(path, mode);
}

// Whole or not at all: a reader never sees half a file. Unchanged bytes keep their time.
function writeFile(path: string, { text, mode }: { readonly text: string; readonly mode: number }): boolean {
  const existing = statusOf(path);
  if (existing?.isFile() === true && (existing.mode & 0o7777) === mode && readFileSync(path, "utf8") === text)
    return false;
  if (existing?.isDirectory() === true)
    throw new UserError(`${path} is a directory, but a file belongs there`, {
      exitCode: ExitCode.environment,
    });
  const temporary = existing === undefined ? path : join(dirname(path), `.${path.slice(dirname(path).length + 1)}.new`);
  writeFileSync(temporary, text, { mode });
  chmodSync(temporary, mode);
  if (temporary !== path) renameSync(temporary, path);
  return true;
}

function removeWithParents(root: string, path: string): void {
  const parents = path
    .split("/")
    .slice(0, -1)
    .map((_, index, steps) => join(root, ...steps.slice(0, index + 1)));
  // Behind a link, or below what is no directory, nothing is ours.
  if (!parents.every((parent) => statusOf(parent)?.isDirectory() === true)) return;
  if (statusOf(join(root, path))?.isDirectory() === false) unlinkSync(join(root, path));
  for (let parent = dirname(path); parent !== "."; parent = dirname(parent)) {
    try {
      rmdirSync(join(root, parent));
    } catch {
      return; // not empty: it is still used, by us or by somebody else
    }
  }
}

function isOccupied(directory: string): boolean {
  const status = statusOf(directory);
  if (status === undefined) return false;
  return readdirSync(directory).length > 0;
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function statusOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function readIfExists(path: string): string | undefined {
  return statusOf(path) === undefined ? undefined : readFileSync(path, "utf8");
}
