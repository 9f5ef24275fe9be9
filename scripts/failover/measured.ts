import type { HolderRank, Measurement } from "../../src/rehearse/measurement.ts";
import { type Cell, cellsOf, headline, phasesOf } from "../../src/report/cells.ts";
import { maximum, median } from "../../src/report/statistics.ts";
import { type FaultName, faultNames } from "../../src/timing/fault-names.ts";
import type { Configuration } from "./configurations.ts";

/** A configuration with its measurements, the first by rank being the holder. */
export interface Measured {
  readonly configuration: Configuration;
  readonly measurements: readonly Measurement[];
}

/** The cell of one fault, if it was measured with that holder; the first by rank where nobody says. */
export function cellFor(
  { measurements }: Pick<Measured, "measurements">,
  fault: FaultName,
  holder: HolderRank = "first",
): Cell | undefined {
  return cellsOf(measurements)
    .flat()
    .find((cell) => cell.fault === fault && cell.holder === holder);
}

/** Faults that at least one of them was measured in, in the order of the tables. */
export function measuredFaults(list: readonly Pick<Measured, "measurements">[]): readonly FaultName[] {
  return faultNames.filter((fault) => list.some((measured) => cellFor(measured, fault) !== undefined));
}

/** Seconds of the fault's own figure over the runs, and whether it still went on in one when the observation ended. */
export function headlineOf(cell: Cell): { readonly median: number; readonly maximum: number; readonly open: boolean } {
  const times = cell.measurements.map(headline);
  return {
    median: median(times),
    maximum: maximum(times),
    open: phasesOf(cell, "injected").some(({ settled }) => !settled),
  };
}
