import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { listDirectory, readTextIfExists, removeFile, removeIfEmpty, statusOf } from "../host/files.ts";
import { readState } from "../plan/read-state.ts";
import { adoptedDirectory, type NodeState, statePath } from "../plan/state.ts";
import { stagedPath } from "./staging.ts";

/** Beside state.json, whose place it takes before the first file does. */
export const journalPath = "/etc/kubeadm-ha/journal";

/**
 * Undoes what a run did that was killed before it changed a file: its dot-files, its copies, and its
 * directories unless they hold something. What there can be stands in its staged state, the first file that a run writes.
 * Returns the directories that stay: they are ours, though no state may say so.
 */
export function removeLeftovers(root: string, before: NodeState | undefined): readonly string[] {
  const killed = stagedState(root);
  for (const { path } of [...(before?.files ?? []), ...(killed?.files ?? [])]) removeFile(stagedPath(root, path));
  for (const path of killed?.adopted ?? []) {
    removeFile(stagedPath(root, adoptedDirectory + path));
    if (before?.adopted.includes(path) !== true) removeCopy(root, path);
  }
  removeFile(stagedPath(root, journalPath));
  const directories = killed?.directories ?? [];
  for (const directory of directories.toReversed()) removeUnused(join(root, directory));
  removeFile(stagedPath(root, statePath));
  // Made before there was a file to say so.
  for (const directory of [dirname(statePath), "/etc"]) removeUnused(join(root, directory));
  return directories.filter((directory) => statusOf(join(root, directory)) !== undefined);
}

function stagedState(root: string): NodeState | undefined {
  const path = stagedPath(root, statePath);
  const text = statusOf(path)?.isFile() === true ? readTextIfExists(path) : undefined;
  try {
    return text === undefined ? undefined : readState(text);
  } catch {
    // It was cut short, so nothing was written after it.
    return undefined;
  }
}

// The file itself was not replaced yet, so its copy is of no use.
function removeCopy(root: string, path: string): void {
  const [own, copy] = [join(root, path), join(root, adoptedDirectory + path)];
  const files = [own, copy].every((place) => statusOf(place)?.isFile() === true);
  if (files && readFileSync(own).equals(readFileSync(copy))) removeFile(copy);
}

function removeUnused(directory: string): void {
  if (statusOf(directory)?.isDirectory() === true && listDirectory(directory).length === 0) removeIfEmpty(directory);
}
