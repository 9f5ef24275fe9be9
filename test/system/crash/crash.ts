import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll } from "vitest";

import { collect } from "../lab/process.ts";
import { environment, type Result } from "../lab/space.ts";
import { pipeWith } from "./pipe.ts";

/** A command, and where the changes that it makes count as steps. */
export interface CrashCommand {
  readonly argv: readonly string[];
  /** Directories; without one, every change of a file counts. */
  readonly below?: readonly string[];
  readonly cwd?: string;
  /** Instead of the little that programs in a lab get. */
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads from a pipe as its standard input, which else is /dev/null. */
  readonly input?: string;
  /** After this long it is killed, which is an error; 60 without a value. */
  readonly limitSeconds?: number;
}

/** How a command ended that was to be killed at a step. */
export interface CrashRun extends Result {
  /** False if it ended earlier by itself; `status` cannot tell, 137 may be its own. */
  readonly killed: boolean;
  /** How many steps took effect. */
  readonly steps: number;
  /** System call and paths of each step; the last one of a killed run did not take effect. */
  readonly trace: readonly string[];
}

let folder: string | undefined;
let runs = 0;
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
});

/** The program that kills others at a step; compiled once for a test file and gone after it. */
export function buildCrashAt(): string {
  if (folder !== undefined) return path.join(folder, "crash-at");
  const directory = mkdtempSync(path.join(tmpdir(), "kubeadm-ha-crash-"));
  folder = directory;
  const program = path.join(directory, "crash-at");
  const source = fileURLToPath(new URL("crash-at.c", import.meta.url));
  const options = ["-std=gnu17", "-O2", "-Wall", "-Wextra"];
  const { status, error, stderr } = spawnSync("gcc", [...options, "-o", program, source], { encoding: "utf8" });
  if (status !== 0)
    throw new Error(`gcc does not compile ${source}, scripts/debian-packages installs it: ${error?.message ?? stderr}`);
  return program;
}

/** Runs a command and kills it with everything it has started just before the given step; 0 is never. */
export async function crashAt({ step, ...command }: CrashCommand & { readonly step: number }): Promise<CrashRun> {
  const { argv, below = [], cwd, env = environment, input, limitSeconds = 60 } = command;
  const program = buildCrashAt();
  const report = `${program}.report-${(runs += 1)}`;
  const options = [...below.flatMap((directory) => ["--below", directory]), "--report", report];
  const stdin = input === undefined ? "ignore" : pipeWith(input, `${program}.input-${runs}`);
  // The kernel kills what crash-at traces when crash-at itself is killed.
  const child = spawn(program, [...options, String(step), "--", ...argv], {
    cwd,
    env,
    stdio: [stdin, "pipe", "pipe"],
    timeout: limitSeconds * 1000,
    killSignal: "SIGKILL",
  });
  const printed = collect(child);
  if (stdin !== "ignore") closeSync(stdin);
  const status = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  const result = { status, stdout: printed.stdout(), stderr: printed.stderr() };
  if (status === null) throw new Error(`not within ${limitSeconds} s: ${argv.join(" ")}\n${result.stderr}`);
  return { ...result, ...readReport(report, result.stderr) };
}

function readReport(file: string, stderr: string): Pick<CrashRun, "killed" | "steps" | "trace"> {
  const trace = readFileSync(file, "utf8").trimEnd().split("\n");
  rmSync(file);
  const [end, steps] = trace.pop()?.split(" ") ?? [];
  if (end === "killed") return { killed: true, steps: Number(steps) - 1, trace };
  if (end === "ended") return { killed: false, steps: Number(steps), trace };
  throw new Error(`crash-at failed: ${stderr}`);
}
