import { spawn } from "node:child_process";
import { closeSync, openSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

import { ExitCode, UserError } from "../errors.ts";
import { environmentFailure, makeDirectory, removeFile, removeIfEmpty, statusOf } from "../host/files.ts";

/** Where runs on one machine meet, below the root. */
export const lockPath = "/run/kubeadm-ha/lock";

/** A lock that is held; the kernel gives it back when the process ends, however it ends. */
export interface Lock {
  /** Gives it back, and removes its traces: those that this process made, or all. */
  release(traces?: "keep" | "remove-own" | "remove-all"): Promise<void>;
}

/** Takes the lock or ends with code 3: two runs at once would undo each other's work. */
export async function takeLock(root: string): Promise<Lock> {
  const path = join(root, lockPath);
  const made = environmentFailure(`cannot lock ${path}`, () => {
    const absent = parentsOf(lockPath).filter((parent) => statusOf(join(root, parent)) === undefined);
    for (const place of [dirname(path), path])
      if (statusOf(place)?.isSymbolicLink() === true) throw new Error(`${place} is a symbolic link`);
    try {
      makeDirectory(dirname(path), 0o700);
      // flock(1) would leave its mode to the umask.
      closeSync(openSync(path, "a", 0o600));
    } catch (error) {
      for (const directory of absent.toReversed()) removeIfEmpty(join(root, directory));
      throw error;
    }
    return absent;
  });
  // flock(1) locks for the node script as well. `cat` ends with our end of the pipe, so with us.
  const holder = spawn("flock", ["--nonblock", "--conflict-exit-code", String(busy), path, "cat"], {
    stdio: ["pipe", "pipe", "pipe"],
    // Ctrl-C in a terminal would end it, while we go on.
    detached: true,
  });
  const ended = new Promise<number | null>((resolve, reject) => holder.once("error", reject).once("close", resolve));
  holder.stdin.on("error", () => {}).write("locked\n");
  const answer = new Promise<"locked">((resolve) => holder.stdout.once("data", () => resolve("locked")));
  let complaint = "";
  holder.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const result = await Promise.race([answer, ended.catch((error: unknown) => String(error))]);
  if (result === busy || (result === "locked" && !isStillThere(path, holder.pid)))
    throw new UserError(`another kubeadm-ha is at work here ("${lockPath}")`, { exitCode: ExitCode.environment });
  if (result !== "locked") removeTraces(root, made);
  if (result !== "locked")
    throw new UserError(`cannot lock ${path}: ${complaint.trim() || (result ?? "flock was killed")}`, {
      exitCode: ExitCode.environment,
    });
  return {
    release: async (traces = "keep") => {
      if (traces !== "keep")
        removeTraces(root, traces === "remove-own" ? made : [...new Set([...made, "/run/kubeadm-ha"])]);
      holder.stdin.end();
      await ended;
    },
  };
}

function removeTraces(root: string, directories: readonly string[]): void {
  if (directories.length > 0) removeFile(join(root, lockPath));
  for (const directory of directories.toReversed()) removeIfEmpty(join(root, directory));
}

// Whoever forgets a lock removes its file: then ours may be one that nobody else can find any more.
function isStillThere(path: string, holder: number | undefined): boolean {
  return statusOf(path)?.ino === statSync(`/proc/${holder}/fd/3`, { throwIfNoEntry: false })?.ino;
}

function parentsOf(path: string): readonly string[] {
  const steps = path.split("/").slice(1, -1);
  return steps.map((_, index) => `/${steps.slice(0, index + 1).join("/")}`);
}

const busy = 75;
