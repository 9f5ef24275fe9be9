import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { allVerdicts } from "../../scripts/failover/bars-table.ts";
import { bars } from "../../scripts/failover/bars.ts";
import { failoverChart } from "../../scripts/failover/chart.ts";
import { configurations } from "../../scripts/failover/configurations.ts";
import { knownMachines } from "../../scripts/failover/machine.ts";
import { failoverPage } from "../../scripts/failover/page.ts";
import { comparisons, predictionsOf } from "../../scripts/failover/predicted.ts";
import { measurementsDirectory, readMeasurements, samplesFile } from "../../scripts/failover/samples.ts";
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

test.each(all)("what is planned was measured of $configuration.title", ({ configuration, measurements }) => {
  const missing = configuration.rehearsals.flatMap(({ faults: planned, holder, repetitions }) =>
    planned
      .filter(
        (fault) => measurements.filter((run) => run.fault === fault && run.holder === holder).length < repetitions,
      )
      .map((fault) => `${fault} ${holder}`),
  );
  expect(missing).toEqual([]);
});

test("the page and the chart are made from the measurements", () => {
  const machines = knownMachines(measurementsDirectory);
  const predicted = comparisons(all, (configuration) => predictionsOf(configuration));
  expect(readFileSync("docs/failover.md", "utf8")).toBe(failoverPage({ all, machines, predicted }));
  expect(readFileSync("docs/failover.svg", "utf8")).toBe(failoverChart(all, machines));
});
