import { isatty } from "node:tty";

import { ExitCode, UserError } from "../errors.ts";
import { type Trial, trialsOf, isOf } from "../rehearse/trials.ts";
import { fullDurations } from "../rehearse/faults/fault.ts";
import { rehearsedFaults } from "../rehearse/faults/index.ts";
import { helpersDirectory } from "../rehearse/helpers.ts";
import { adapt } from "../rehearse/lab/adapt.ts";
import { missingPrograms } from "../rehearse/lab/requirements.ts";
import type { Form } from "../rehearse/measurement.ts";
import { interruptible } from "../rehearse/pace.ts";
import { createProgress, type Progress } from "../rehearse/progress.ts";
import { busyWarning, load, measureBusyness } from "../rehearse/quiet.ts";
import { requireSurroundings } from "../rehearse/requirements.ts";
import { openSamples, samplesInMemory, type SamplesFile } from "../rehearse/resume.ts";
import { type Rehearsed, runRehearsal } from "../rehearse/run-rehearsal.ts";
import { type MadeScene, makeScene } from "../rehearse/scene/make-scene.ts";
import { startSession } from "../rehearse/session.ts";
import { rehearsalFormats } from "../report/rehearsal/index.ts";
import { clusterFiles } from "./cluster-files.ts";
import type { Invocation } from "./command.ts";
import { rehearsalRequest } from "./rehearsal-request.ts";

/** Rehearses what is asked for and prints what was measured. */
export async function runRehearse({ arguments: [path], options, io }: Invocation): Promise<ExitCode> {
  const request = rehearsalRequest(options);
  const made = makeScene(clusterFiles(path, options, io));
  const { scene } = made;
  const form = chosenForm(request.form, made);
  const { trials, skipped } = trialsOf({ ...made, ...request, rehearsed: rehearsedFaults });
  const samples = request.samples === undefined ? samplesInMemory() : openSamples(request.samples);
  const progress = createProgress({ err: (text) => io.err(text), isTerminal: isatty(2) });
  const notes = [
    ...made.notes,
    ...(form === "static-pod" ? made.podNotes : []),
    ...scene.nodes.flatMap((node) => adapt(node).notes),
  ];
  for (const note of notes) progress.say(note);
  const isMeasured = (trial: Trial): boolean => samples.measurements.some((one) => isOf(one, { scene, form, trial }));
  if (!trials.every(isMeasured)) {
    await prepare(made, form, progress);
    samples.create();
  }
  const { measurements, failed } = await run({ made, form, trials, samples, progress });
  io.out(rehearsalFormats[request.format]({ name: scene.name, measurements, skipped: [...skipped, ...failed], notes }));
  return failed.length > 0 ? ExitCode.no : ExitCode.ok;
}

async function prepare({ scene }: MadeScene, form: Form, progress: Progress): Promise<void> {
  const missing = missingPrograms(scene, form);
  requireSurroundings({ platform: process.platform, userID: process.getuid?.(), missing });
  const busy = busyWarning(await measureBusyness());
  if (busy !== undefined) progress.say(busy);
}

interface Run {
  readonly made: MadeScene;
  readonly form: Form;
  readonly trials: readonly Trial[];
  readonly samples: SamplesFile;
  readonly progress: Progress;
}

async function run({ made: { scene, preempts }, form, trials, samples, progress }: Run): Promise<Rehearsed> {
  const helpers = helpersDirectory();
  const interruption = interruptible();
  try {
    return await runRehearsal({
      scene,
      preempts,
      form,
      trials,
      samples,
      progress,
      load,
      rehearsed: rehearsedFaults,
      durations: fullDurations,
      pace: interruption.pace,
      start: (idleStream) => startSession(scene, { form, helpers, idleStream, shutdownDelay }),
    });
  } catch (error) {
    // Whatever goes wrong once a signal has come is its doing: the daemons of a terminal's job get it too.
    if (interruption.pace.interrupted()) throw interrupted(samples, error);
    throw error instanceof UserError ? inOneLine(error, progress) : error;
  } finally {
    interruption.release();
  }
}

function interrupted({ path }: SamplesFile, cause: unknown): UserError {
  const kept = path === undefined ? "" : `; what was measured is in ${path}`;
  return new UserError(`interrupted, everything is gone again${kept}`, { exitCode: ExitCode.interrupted, cause });
}

// A daemon says what it dislikes, and where, in lines of its own.
function inOneLine(error: UserError, progress: Progress): UserError {
  const [first = "", ...rest] = error.message.split("\n");
  if (rest.length === 0) return error;
  progress.say(`${first}\n${rest.join("\n")}`);
  return new UserError(first.replace(/:$/, ""), { exitCode: error.exitCode, cause: error });
}

// kube-apiserver's own is 10 s in our documents; what matters is that it is longer than it takes to notice.
const shutdownDelay = 4;

function chosenForm(asked: Form | undefined, { hasManifests, scene }: MadeScene): Form {
  if (asked === "static-pod" && !hasManifests)
    throw new UserError(`--as static-pod: ${scene.name} has no static pod for each of its programs`);
  return asked ?? (hasManifests ? "static-pod" : "host");
}
