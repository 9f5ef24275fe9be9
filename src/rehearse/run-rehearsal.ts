import { ExitCode, UserError } from "../errors.ts";
import type { SkippedFault } from "../report/report.ts";
import { type Trial, isOf } from "./trials.ts";
import { expectedSeconds } from "./expected-seconds.ts";
import { labKeeper } from "./lab-keeper.ts";
import { measureTrial, type MeasureInput } from "./measure-trial.ts";
import type { Measurement } from "./measurement.ts";
import type { SamplesFile } from "./resume.ts";
import type { Session } from "./session.ts";

/** Everything that a rehearsal needs. */
export interface RehearsalInput extends MeasureInput {
  readonly trials: readonly Trial[];
  readonly samples: SamplesFile;
  /** Starts a lab with the probe; with a stream on which nothing is sent where that is the fault. */
  start(idleStream: boolean): Promise<Session>;
}

/** What came of it. */
export interface Rehearsed {
  /** Those of earlier runs too, in the order of the trials. */
  readonly measurements: readonly Measurement[];
  /** Trials that could not be measured. */
  readonly failed: readonly SkippedFault[];
}

/** Measures one trial after the other; each is kept as soon as it is measured. */
export async function runRehearsal(input: RehearsalInput): Promise<Rehearsed> {
  const { trials, samples, progress } = input;
  const measurements: Measurement[] = [];
  const failed: SkippedFault[] = [];
  const lab = labKeeper((idleStream) => input.start(idleStream));
  const known = new Map(
    trials.flatMap((trial) => {
      const found = samples.measurements.findLast((measurement) => isOf(measurement, { ...input, trial }));
      return found === undefined ? [] : [[trial, found] as const];
    }),
  );
  if (known.size > 0) progress.say(`${known.size} of ${trials.length} are in the samples file already`);
  const estimate = expectedSeconds(input);
  let hasMeasured = false;
  try {
    for (const [index, trial] of trials.entries()) {
      const earlier = known.get(trial);
      if (earlier !== undefined) {
        measurements.push({ ...earlier, name: input.scene.name });
        continue;
      }
      const left = trials.slice(index).filter((one) => !known.has(one));
      progress.step(trialText(trial, index + 1, trials.length), estimate.of(left));
      const begin = input.pace.now();
      const result = await measureTrial(trial, lab, input);
      estimate.took(trial, input.pace.now() - begin);
      if ("reason" in result) {
        if (result.neverSteady && !hasMeasured) throw notRehearsable(result, known.size > 0);
        const { neverSteady: _, ...told } = result;
        if (!failed.some((known) => isSame(known, told))) failed.push(told);
        progress.say(`${trial.fault} could not be measured: ${result.reason}`);
      } else {
        hasMeasured = true;
        samples.append(result);
        measurements.push(result);
      }
    }
    return { measurements, failed };
  } finally {
    progress.end();
    await lab.stop();
  }
}

// Two labs that were never steady make a third one no better. Files that were measured before do work: then it is this machine.
function notRehearsable({ reason }: SkippedFault, didBefore: boolean): UserError {
  return new UserError(`two labs in a row were ${reason}; nothing more is tried`, {
    exitCode: didBefore ? ExitCode.environment : ExitCode.usage,
  });
}

// Of several repetitions, one is enough.
function isSame(a: SkippedFault, b: SkippedFault): boolean {
  return a.fault === b.fault && a.holder === b.holder && a.reason === b.reason;
}

function trialText({ fault, holder, repetition }: Trial, number: number, count: number): string {
  return `${number} of ${count}: ${fault}, holder ${holder}, repetition ${repetition}`;
}
