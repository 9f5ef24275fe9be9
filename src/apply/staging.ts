import { closeSync, constants, fchmodSync, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { makeOneDirectory, removeFile, removeIfEmpty, statusOf } from "../host/files.ts";
import { runProgram } from "../host/run-program.ts";

/** Files that are complete on disk under the names of dot-files, so that only renames are left to do. */
export interface Staging {
  /** Writes a file beside its place; the place itself stays as it is. */
  add(path: string, file: { readonly text: string | Buffer; readonly mode: number }): void;
  /** Copies a foreign file with its mode, owner and times to where `reset` finds it. */
  save(path: string, copy: string): void;
  /** Renames a staged file to its place, or to another one; a reader sees the old one or the new one, whole. */
  place(path: string, as?: string): void;
  /** Makes what was renamed in these directories survive a power cut. */
  flush(paths: readonly string[]): void;
  /** Removes every trace of what was staged and not placed. */
  discard(): void;
}

/** Nothing is changed below the root until `place` is called. Directories of a run that was killed go with it. */
export function newStaging(root: string, left: readonly string[] = []): Staging {
  const directories = [...left];
  const staged = new Set<string>();
  const prepareFor = (path: string): string => {
    makeParents(root, path, directories);
    const temporary = stagedPath(root, path);
    removeFile(temporary);
    staged.add(path);
    return temporary;
  };
  return {
    add: (path, { text, mode }) => writeDurably(prepareFor(path), { text, mode }),
    save: (path, copy) => copyDurably(join(root, path), prepareFor(copy)),
    place: (path, as = path) => {
      renameSync(stagedPath(root, path), join(root, as));
      staged.delete(path);
    },
    flush: (paths) => {
      for (const directory of new Set(paths.map((path) => dirname(path)))) syncPath(join(root, directory));
    },
    discard: () => {
      for (const path of staged) removeFile(stagedPath(root, path));
      for (const directory of directories.toReversed()) removeIfEmpty(join(root, directory));
    },
  };
}

/** The dot-file of a path: kubelet and keepalived ignore it, and a rename stays on one file system. */
export function stagedPath(root: string, path: string): string {
  return join(root, dirname(path), `.${basename(path)}.new`);
}

/** Copies a file, or whatever is there, with modes, owners and times: Node itself cuts nanoseconds off. */
export function copyDurably(source: string, target: string): void {
  const copied = runProgram(["cp", "-a", source, target]);
  if (copied.state === "missing" || copied.status !== 0)
    throw new Error(copied.state === "missing" ? "there is no cp" : copied.stderr.trim());
  if (statusOf(target)?.isFile() === true) syncPath(target);
}

function writeDurably(path: string, { text, mode }: { readonly text: string | Buffer; readonly mode: number }): void {
  // Nobody may read a secret between creation and chmod, whatever the umask is.
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    writeFileSync(descriptor, text);
    fchmodSync(descriptor, mode);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a file or directory survive a power cut. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function makeParents(root: string, path: string, made: string[]): void {
  const parent = dirname(path);
  if (parent === "/" || statusOf(join(root, parent)) !== undefined) return;
  makeParents(root, parent, made);
  makeOneDirectory(join(root, parent), directoryMode(parent));
  made.push(parent);
}

/** The mode of a directory that we make: kubeadm's own for manifests, closed where foreign files or secrets lie. */
export function directoryMode(path: string): number {
  return path === "/etc/kubernetes/manifests" || path.startsWith("/etc/kubeadm-ha/adopted") ? 0o700 : 0o755;
}
