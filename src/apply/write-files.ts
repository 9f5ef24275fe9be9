import { dirname, join } from "node:path";

import type { NodeProblem } from "../checks/check.ts";
import { readTextIfExists, removeFile, statusOf } from "../host/files.ts";
import {
  adoptedDirectory,
  type NodeState,
  type StateFile,
  type StateHead,
  statePath,
  stateText,
} from "../plan/state.ts";
import { journalPath, removeLeftovers } from "./leftovers.ts";
import { newStaging, type Staging } from "./staging.ts";
import type { Target } from "./targets.ts";

/** What is to become of a node's files. */
export interface FileChanges {
  readonly head: StateHead;
  readonly before: NodeState | undefined;
  readonly targets: readonly Target[];
  /** Files of ours that nothing needs any more, in the order of their removal. */
  readonly stale: readonly string[];
  /** Asked when everything is staged and nothing changed yet; a problem ends the run. */
  check(): readonly NodeProblem[];
}

export interface WriteResult {
  readonly problems: readonly NodeProblem[];
  readonly stateChanged: boolean;
}

/**
 * Brings all files to their places, or none of them. First everything is written beside its place;
 * then a journal says what will be ours, old or new; from there on there are only renames, which
 * need no space, and each of which leaves a state that the next run can finish from.
 */
export function writeFiles(root: string, changes: FileChanges): WriteResult {
  const { targets, stale } = changes;
  const changed = targets.filter(({ change }) => change !== "unchanged");
  const adopted = targets.filter(({ foreign }) => foreign).map(({ file }) => file.path);
  const copies = adopted.map((path) => adoptedDirectory + path);
  const left = removeLeftovers(root, changes.before);
  const directories = missingParents(root, [statePath, ...changed.map(({ file }) => file.path), ...copies]);
  const final = finalState(changes, adopted, [...left, ...directories]);
  const stateChanged = readTextIfExists(join(root, statePath)) !== stateText(final);
  if (changed.length === 0 && stale.length === 0 && !stateChanged) return { problems: [], stateChanged };
  const staging = newStaging(root, left);
  try {
    // Before anything else, so that the next run finds what this one leaves when it is killed.
    staging.add(statePath, { text: stateText(final), mode: 0o600 });
    staging.add(journalPath, { text: stateText(journal(changes, final)), mode: 0o600 });
    for (const { file } of changed) staging.add(file.path, file);
    for (const path of adopted) staging.save(path, adoptedDirectory + path);
    const problems = changes.check();
    if (problems.length > 0) {
      staging.discard();
      return { problems, stateChanged: false };
    }
    placeAll(root, { staging, adopted, changed: changed.map(({ file }) => file.path), stale });
    return { problems: [], stateChanged };
  } catch (error) {
    staging.discard();
    throw error;
  }
}

function placeAll(
  root: string,
  {
    staging,
    adopted,
    changed,
    stale,
  }: {
    readonly staging: Staging;
    readonly adopted: readonly string[];
    readonly changed: readonly string[];
    readonly stale: readonly string[];
  },
): void {
  for (const path of adopted) staging.place(adoptedDirectory + path);
  staging.place(journalPath, statePath);
  staging.flush([...adopted.map((path) => adoptedDirectory + path), statePath]);
  for (const path of changed) staging.place(path);
  staging.flush(changed);
  for (const path of stale) removeFile(join(root, path));
  staging.place(statePath);
  staging.flush([...stale, statePath]);
}

function finalState(
  { head, before, targets, stale }: FileChanges,
  adopted: readonly string[],
  directories: readonly string[],
): NodeState {
  const written = targets.map(({ file, sha256 }): StateFile => ({
    path: file.path,
    mode: file.mode.toString(8).padStart(4, "0"),
    sha256,
  }));
  const paths = new Set([...written.map(({ path }) => path), ...stale]);
  const retained = (before?.files ?? []).filter(({ path }) => !paths.has(path));
  return {
    ...head,
    directories: union(before?.directories, directories),
    adopted: union(before?.adopted, adopted),
    files: [...written, ...retained].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

function journal({ before, targets, stale }: FileChanges, final: NodeState): NodeState {
  const old = new Map(targets.map(({ file, replaces }) => [file.path, replaces]));
  const files = final.files.map((file): StateFile => {
    const replaces = old.get(file.path);
    return replaces === undefined || replaces === file.sha256 ? file : { ...file, replaces };
  });
  const leaving = (before?.files ?? []).filter(({ path }) => stale.includes(path));
  return { ...final, files: [...files, ...leaving].toSorted((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** Directories above these paths that are not there. */
function missingParents(root: string, paths: readonly string[]): readonly string[] {
  const above = (path: string): readonly string[] =>
    dirname(path) === "/" ? [] : [...above(dirname(path)), dirname(path)];
  return paths.flatMap(above).filter((directory) => statusOf(join(root, directory)) === undefined);
}

function union(before: readonly string[] = [], added: readonly string[]): readonly string[] {
  return [...new Set([...before, ...added])].toSorted();
}
