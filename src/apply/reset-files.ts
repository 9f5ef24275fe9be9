import { renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { errorCode, listDirectory, makeDirectory, removeFile, removeIfEmpty, statusOf } from "../host/files.ts";
import { adoptedDirectory, type NodeState, statePath } from "../plan/state.ts";
import { joinFilePath } from "./join-secrets.ts";
import { journalPath } from "./leftovers.ts";
import { copyDurably, directoryMode, stagedPath } from "./staging.ts";

/** Where changed files are moved to: the first of /var/backups/kubeadm-ha-1, -2, … that is free. */
export function nextBackupDirectory(root: string): string {
  const name = (number: number): string => `/var/backups/kubeadm-ha-${number}`;
  let number = 1;
  while (statusOf(join(root, name(number))) !== undefined) number++;
  return name(number);
}

/** Removes a file of ours and what an interrupted run left beside it. */
export function removeOwn(root: string, path: string): void {
  removeFile(join(root, path));
  removeFile(stagedPath(root, path));
}

/** Moves a file aside, whole; returns where it is now. */
export function backUp(root: string, path: string, directory: string): string {
  const place = directory + path;
  makeDirectory(join(root, "/var/backups"), 0o755);
  makeDirectory(join(root, directory), 0o700);
  makeDirectory(join(root, dirname(place)), 0o700);
  move(join(root, path), join(root, place));
  removeFile(stagedPath(root, path));
  return place;
}

/** Puts a foreign file back to where it was, with its mode, owner and times. */
export function restore(root: string, path: string): void {
  removeFile(stagedPath(root, path));
  // Somebody may have removed its directory meanwhile.
  makeDirectory(join(root, dirname(path)), directoryMode(dirname(path)));
  move(join(root, adoptedDirectory + path), join(root, path));
}

/** Removes our directories as far as nobody else uses them, and the state, which goes last. */
export function cleanUp(root: string, directories: readonly string[], state?: NodeState): void {
  for (const path of state?.adopted ?? []) removeFile(stagedPath(root, adoptedDirectory + path));
  const deepestFirst = directories.toSorted().toReversed();
  const holdsState = (path: string): boolean => statePath.startsWith(`${path}/`);
  for (const path of deepestFirst.filter((candidate) => !holdsState(candidate))) removeIfPresent(root, path);
  for (const path of [joinFilePath, "/run/kubeadm-ha/drain", journalPath])
    for (const place of [join(root, path), stagedPath(root, path)]) removeFile(place);
  removeFile(stagedPath(root, statePath));
  removeFile(join(root, statePath));
  for (const path of new Set(["/etc/kubeadm-ha", ...deepestFirst.filter(holdsState)])) removeIfPresent(root, path);
}

function removeIfPresent(root: string, path: string): void {
  if (statusOf(join(root, path))?.isDirectory() === true && listDirectory(join(root, path)).length === 0)
    removeIfEmpty(join(root, path));
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (errorCode(error) !== "EXDEV") throw error;
    const staged = join(dirname(to), `.${basename(to)}.new`);
    removeFile(staged);
    copyDurably(from, staged);
    renameSync(staged, to);
    rmSync(from, { recursive: true });
  }
}
