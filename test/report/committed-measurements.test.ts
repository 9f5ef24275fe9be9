import { describe, expect, test } from "vitest";

import { allVerdicts } from "../../scripts/failover/bars-table.ts";
import { bars } from "../../scripts/failover/bars.ts";
import { configurations } from "../../scripts/failover/configurations.ts";
import { readMeasurements, samplesFile } from "../../scripts/failover/samples.ts";
import type { FaultName } from "../../src/timing/fault-names.ts";

const all = configurations.map((configuration) => ({
  configuration,
  measurements: readMeasurements(samplesFile(configuration.id)),
}));
const verdicts = allVerdicts(all);

describe.each(all.filter(({ configuration }) => configuration.preset !== undefined))(
  "what was measured of $configuration.title",
  ({ configuration, measurements }) => {
    const own = verdicts.filter((verdict) => verdict.configuration === configuration);

    test("is within its limits", () => {
      const missed = own.filter(({ passes }) => !passes);
      expect(
        missed.map(({ bar, fault, holder, median, maximum }) => `${fault} ${holder} ${bar.what}: ${median} ${maximum}`),
      ).toEqual([]);
    });

    test("is every fault, wherever the holder is to be", () => {
      const missing = configuration.rehearsals.flatMap(({ faults: planned, holder, repetitions }) =>
        planned
          .filter((fault) => {
            const runs = measurements.filter((each) => each.fault === fault && each.holder === holder);
            return runs.length < Math.min(repetitions, 2);
          })
          .map((fault) => `${fault} ${holder}`),
      );
      expect(missing).toEqual([]);
    });

    const isRepaired = (name: FaultName): boolean =>
      measurements.some(({ fault, repaired }) => fault === name && repaired !== undefined);

    test("has a figure for every bar that it could have", () => {
      const judged = new Set(own.map(({ bar, fault }) => `${fault} ${bar.what}`));
      const planned = new Set(configuration.rehearsals.flatMap((rehearsal) => rehearsal.faults));
      const missing = bars.flatMap((bar) =>
        bar.faults
          .filter((fault) => planned.has(fault) && (bar.phase === "injected" || isRepaired(fault)))
          .filter((fault) => !judged.has(`${fault} ${bar.what}`)),
      );
      expect(missing).toEqual([]);
    });
  },
);
