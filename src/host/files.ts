import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

import { ExitCode, UserError } from "../errors.ts";

/** Runs an action whose failures are the surroundings' fault: they end the command with one line and code 3. */
export function environmentFailure<Result>(what: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${what}: ${error instanceof Error ? error.message : String(error)}`, {
      exitCode: ExitCode.environment,
      cause: error,
    });
  }
}

/**
 * Writes a file whole or not at all: a reader sees the old bytes or the new ones. Links are replaced,
 * never followed. Unchanged bytes keep their time; says whether anything was written.
 */
export function writeWhole(path: string, { text, mode }: { readonly text: string; readonly mode: number }): boolean {
  const existing = statusOf(path);
  if (existing?.isFile() === true && (existing.mode & 0o7777) === mode && readFileSync(path, "utf8") === text)
    return false;
  if (existing?.isDirectory() === true) throw new Error(`${path} is a directory, but a file belongs there`);
  // A dot-file in the same directory: kubelet and keepalived ignore it, and a rename stays on one file system.
  const temporary = join(dirname(path), `.${basename(path)}.new`);
  removeFile(temporary);
  const descriptor = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode);
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
  chmodSync(temporary, mode);
  renameSync(temporary, path);
  return true;
}

/** Replaces the text of a file that exists, whole or not at all; its mode stays. */
export function overwrite(path: string, text: string): void {
  const real = realpathSync(path);
  writeWhole(real, { text, mode: statSync(real).mode & 0o7777 });
}

/** Makes a directory and its parents; one that exists keeps its mode. */
export function makeDirectory(path: string, mode: number): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  // Node's own recursive mkdir never ends below /proc: https://github.com/nodejs/node/issues/31481
  if (dirname(path) !== path) makeDirectory(dirname(path), 0o755);
  makeOneDirectory(path, mode);
}

/** Makes a directory that has its mode from the first moment: a chmod after it might never come. */
export function makeOneDirectory(path: string, mode: number): void {
  const umask = process.umask(0);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Somebody else was quicker.
    if (errorCode(error) !== "EEXIST" || statusOf(path)?.isDirectory() !== true) throw error;
  } finally {
    process.umask(umask);
  }
}

/** Removes a file, link or empty directory; says whether it is gone now. */
export function removeFile(path: string): boolean {
  const status = statusOf(path);
  if (status === undefined) return true;
  if (status.isDirectory()) {
    if (readdirSync(path).length > 0) return false;
    rmdirSync(path);
    return true;
  }
  unlinkSync(path);
  return true;
}

/** Removes a directory unless somebody uses it. */
export function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "ENOENT", "EBUSY"].includes(errorCode(error))) throw error;
  }
}

/** The system's name for a failure, such as ENOENT; empty for what is none of the system's. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** What is in a directory; nothing if there is none. */
export function listDirectory(path: string): readonly string[] {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(path);
}

/** The text of a file, or undefined if there is none. */
export function readTextIfExists(path: string): string | undefined {
  return ifThere(() => statSync(path)) === undefined ? undefined : readFileSync(path, "utf8");
}

/** The status of a path itself, not of what it links to. */
export function statusOf(path: string): Stats | undefined {
  return ifThere(() => lstatSync(path));
}

// Below a file there is nothing; Node's own throwIfNoEntry throws there.
function ifThere(look: () => Stats): Stats | undefined {
  try {
    return look();
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}
