import type { HolderRank, Measurement } from "../../src/rehearse/measurement.ts";
import { cellsOf, phasesOf, summaryOf, type Summary } from "../../src/report/cells.ts";
import type { FaultName } from "../../src/timing/fault-names.ts";
import { type Bar, bars } from "./bars.ts";
import type { Configuration } from "./configurations.ts";

/** What one configuration came to by one bar, with one holder. */
export interface Verdict extends Summary {
  readonly bar: Bar;
  readonly configuration: Configuration;
  readonly holder: HolderRank;
  readonly fault: FaultName;
  /** How often it was measured. */
  readonly runs: number;
  readonly limit: number | undefined;
  readonly passes: boolean;
}

/** A configuration of ours by every bar for which it has measurements. */
export function verdictsOf(configuration: Configuration, measurements: readonly Measurement[]): readonly Verdict[] {
  const { preset } = configuration;
  if (preset === undefined) return [];
  const cells = cellsOf(measurements).flat();
  return bars.flatMap((bar) =>
    cells
      .filter(({ fault }) => bar.faults.includes(fault))
      .flatMap((cell): readonly Verdict[] => {
        const figures = phasesOf(cell, bar.phase);
        if (figures.length === 0) return [];
        const summary = summaryOf(figures, bar.value);
        const limit = bar.limits[preset];
        const { holder, fault } = cell;
        const runs = figures.length;
        return [{ bar, configuration, holder, fault, runs, ...summary, limit, passes: isReached(summary, limit) }];
      }),
  );
}

// Of nothing, three times is nothing.
function isReached({ median, maximum }: Summary, limit: number | undefined): boolean {
  return limit === undefined || (median <= limit && maximum <= 3 * limit);
}
