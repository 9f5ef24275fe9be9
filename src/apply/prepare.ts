import { statSync } from "node:fs";

import { formatPreflight } from "../checks/preflight.ts";
import { nodeNamed } from "../config/spec.ts";
import { ExitCode, UserError } from "../errors.ts";
import { environmentFailure, errorCode, removeFile } from "../host/files.ts";
import { type HeldSignals, holdSignals } from "../host/interruption.ts";
import type { Io } from "../host/io.ts";
import { roleReport } from "../plan/node-messages.ts";
import { stateHead } from "../plan/state.ts";
import { checkConfigurations } from "./config-check.ts";
import { examine, type PrepareInput, type Situation } from "./examine.ts";
import { takeLock } from "./lock.ts";
import { dryRunReport, runReport } from "./prepare-report.ts";
import { startUnits } from "./start-units.ts";
import { writeFiles } from "./write-files.ts";

/** Makes this machine ready for `kubeadm init` or `join`: everything, or nothing and the reasons. */
export async function prepare(input: PrepareInput, io: Io): Promise<ExitCode> {
  if (input.dryRun || mustBeRoot(input)) return run(input, io);
  const signals = holdSignals();
  try {
    return await runLocked(input, { ...io, read: (path) => signals.letThrough(() => io.read(path)) }, signals);
  } finally {
    signals.release();
  }
}

// Who is not root cannot lock, and is told by a check why.
function mustBeRoot({ root, ignored, runs }: PrepareInput): boolean {
  const ignores = ignored.includes("all") || ignored.includes("isprivilegeduser");
  return root === "/" && process.geteuid?.() !== 0 && runs("preflight") && !ignores;
}

async function runLocked(input: PrepareInput, io: Io, signals: HeldSignals): Promise<ExitCode> {
  const lock = await takeLock(input.root);
  let done = false;
  try {
    const result = await run(input, io, signals);
    done = result === ExitCode.ok;
    return result;
  } finally {
    await lock.release(done ? "keep" : "remove-own");
  }
}

/** Tells whether this machine could be prepared; writes nothing. */
export async function checkOnly(input: PrepareInput, io: Io): Promise<ExitCode> {
  const situation = await examine(input, io);
  io.err(formatPreflight(situation.problems));
  if (situation.problems.some(({ severity }) => severity === "error")) return ExitCode.no;
  io.out(`${roleReport(input.node, situation.identity.role, situation.decision.reason)}\n`);
  return ExitCode.ok;
}

async function run(input: PrepareInput, io: Io, signals?: HeldSignals): Promise<ExitCode> {
  const situation = await examine(input, io);
  await signals?.check();
  io.err(formatPreflight(situation.problems));
  if (situation.problems.some(({ severity }) => severity === "error")) return ExitCode.no;
  if (input.dryRun) {
    io.out(dryRunReport(input, situation));
    return ExitCode.ok;
  }
  const { problems, stateChanged } = environmentFailure(`cannot write below ${input.root}`, () =>
    write(input, situation),
  );
  if (problems.length > 0) {
    io.err(formatPreflight(problems));
    return ExitCode.no;
  }
  const used = removeJoinFile(situation);
  const started = input.runs("start") ? startUnits(input.root, input.node) : [];
  io.out(runReport(input, { ...situation, stateChanged, used, started }));
  return ExitCode.ok;
}

function write(input: PrepareInput, situation: Situation): ReturnType<typeof writeFiles> {
  const { spec, node, root } = input;
  const { identity, member, state, targets, files } = situation;
  return writeFiles(root, {
    head: stateHead(spec, nodeNamed(spec, node.name), identity),
    before: state,
    targets,
    stale: files.stale,
    // Only what runs can be asked, and what the host can see.
    check: () => (member && root === "/" ? checkConfigurations(spec, targets) : []),
  });
}

// The secrets have arrived; they must not lie about until somebody else finds them.
function removeJoinFile({ joinFile }: Situation): string | undefined {
  // Of a pipe nothing is left to remove.
  if (joinFile === undefined || !isRegularFile(joinFile.path)) return undefined;
  try {
    removeFile(joinFile.path);
    return joinFile.name;
  } catch (error) {
    throw new UserError(
      `everything is written, but ${joinFile.path} cannot be removed (${errorCode(error)}): remove it, it holds secrets`,
      {
        exitCode: ExitCode.environment,
        cause: error,
      },
    );
  }
}

function isRegularFile(path: string): boolean {
  return path !== "-" && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
