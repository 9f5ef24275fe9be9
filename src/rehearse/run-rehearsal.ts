import { ExitCode, UserError } from "../errors.ts";
import type { SkippedFault } from "../report/report.ts";
import { type Cell, isOf } from "./cells.ts";
import { expectedSeconds } from "./expected-seconds.ts";
import { labKeeper } from "./lab-keeper.ts";
import { measureCell, type MeasureInput } from "./measure-cell.ts";
import type { Measurement } from "./measurement.ts";
import type { SamplesFile } from "./resume.ts";
import type { Session } from "./session.ts";

/** Everything that a rehearsal needs. */
export interface RehearsalInput extends MeasureInput {
  readonly cells: readonly Cell[];
  readonly samples: SamplesFile;
  /** Starts a lab with the probe; with a stream on which nothing is sent where that is the fault. */
  start(idleStream: boolean): Promise<Session>;
}

/** What came of it. */
export interface Rehearsed {
  /** Those of earlier runs too, in the order of the cells. */
  readonly measurements: readonly Measurement[];
  /** Cells that could not be measured. */
  readonly failed: readonly SkippedFault[];
}

/** Measures one cell after the other; each is kept as soon as it is measured. */
export async function runRehearsal(input: RehearsalInput): Promise<Rehearsed> {
  const { cells, samples, progress } = input;
  const measurements: Measurement[] = [];
  const failed: SkippedFault[] = [];
  const lab = labKeeper((idleStream) => input.start(idleStream));
  const known = new Map(
    cells.flatMap((cell) => {
      const found = samples.measurements.findLast((measurement) => isOf(measurement, { ...input, cell }));
      return found === undefined ? [] : [[cell, found] as const];
    }),
  );
  if (known.size > 0) progress.say(`${known.size} of ${cells.length} are in the samples file already`);
  const estimate = expectedSeconds(input);
  let hasMeasured = false;
  try {
    for (const [index, cell] of cells.entries()) {
      const earlier = known.get(cell);
      if (earlier !== undefined) {
        measurements.push({ ...earlier, name: input.scene.name });
        continue;
      }
      const left = cells.slice(index).filter((one) => !known.has(one));
      progress.step(cellText(cell, index + 1, cells.length), estimate.of(left));
      const begin = input.pace.now();
      const result = await measureCell(cell, lab, input);
      estimate.took(cell, input.pace.now() - begin);
      if ("reason" in result) {
        if (result.neverSteady && !hasMeasured) throw notRehearsable(result, known.size > 0);
        const { neverSteady: _, ...told } = result;
        if (!failed.some((known) => isSame(known, told))) failed.push(told);
        progress.say(`${cell.fault} could not be measured: ${result.reason}`);
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

function cellText({ fault, holder, repetition }: Cell, number: number, count: number): string {
  return `${number} of ${count}: ${fault}, holder ${holder}, repetition ${repetition}`;
}
