import { describe, expect, test } from "vitest";

import { configurations as committed, seedConfigurations } from "../../scripts/failover/configurations.ts";
import { comparisons, predictionsOf } from "../../scripts/failover/predicted.ts";
import { brokenPredictions } from "../../scripts/failover/predicted-bars.ts";
import { readMeasurements, samplesFile } from "../../scripts/failover/samples.ts";
import type { ClusterTiming } from "../../src/timing/cluster-timing.ts";
import type { FaultName } from "../../src/timing/fault-names.ts";
import { faults } from "../../src/timing/faults/index.ts";
import { timedCluster } from "../../src/timing/timed-cluster.ts";
import { isInside, isNear, type Judged, requestResolution } from "../../scripts/failover/accuracy.ts";
import { timingOf } from "./files.ts";
import { tunedFiles } from "./tuned.ts";

const seed = (name: string, endpoint?: string): ClusterTiming => timingOf(`test/fixtures/seeds/${name}`, endpoint);

const configurations: Readonly<Record<string, ClusterTiming>> = {
  doc: seed("doc"),
  s0: seed("s0"),
  s2: seed("s2"),
  s3: seed("s3"),
  // As its author means it: the post's own endpoint goes past its nginx.
  s4: seed("s4", "192.168.1.31:16443"),
  tuned: timedCluster({ name: "tuned", files: tunedFiles(), endpoint: undefined }),
};

// The columns of the table below.
const columns = ["doc", "s0", "s2", "s3", "s4", "tuned"];

// Medians of three to six runs in network namespaces with a limit of 1 s a request, on a machine that
// was busy with other things; at 50 requests a second on /readyz. The second number is how long it was observed.
const measured: Readonly<Partial<Record<FaultName, readonly [observed: number, ...medians: number[]]>>> = {
  "balancer-killed": [38, 31.16, 4, 38.05, 38.04, 0.92, 0.09],
  "keepalived-killed": [30, 0.29, 0.12, 0.09, 0.1, 0.18, 0.1],
  "keepalived-stopped": [30, 0.75, 0.7, 0.64, 0.69, 0.68, 0.08],
  "api-server-killed": [20, 0.06, 13.16, 4.54, 10.92, 0, 0.05],
  "api-server-hung": [20, 11.8, 18.96, 18.98, 18.99, 18.99, 1.34],
  "holder-cut": [30, 3.5, 3.62, 2.72, 7.95, 2.85, 0.34],
  "holder-cut-silently": [30, 3.04, 2.98, 3.04, 7.97, 3.27, 0.35],
  "other-node-cut": [30, 10.94, 28.99, 10.44, 29.01, 28.98, 1.23],
  "holder-power-loss": [30, 2.91, 2.96, 2.82, 8.9, 3.15, 0.26],
  "peers-cut": [14, 10.32, 12.92, 11.14, 12.91, 3.67, 1.26],
  "all-start": [30, 4.1, 4.1, 4.15, 10.09, 4.07, 0.87],
  // From SIGTERM, with a delay of 4 s.
  "api-server-drained": [24, 4.05, 20.9, 9.48, 21.3, 4.04, 0],
};

interface NamedCell extends Judged {
  readonly name: string;
}

const cells = Object.entries(measured).flatMap(([fault, [observed, ...medians]]): readonly NamedCell[] =>
  columns.map((column, index) => ({
    name: `${fault} ${column}`,
    measured: medians[index] ?? 0,
    predicted: (configurations[column] as ClusterTiming) && predicted(fault as FaultName, column),
    // Requests had 1 s each; what began later than that before the end was never judged.
    seenUntil: observed - 1.15,
    resolution: requestResolution,
  })),
);

function predicted(fault: FaultName, configuration: string): Judged["predicted"] {
  return faults[fault].predict(configurations[configuration] as ClusterTiming).newConnections;
}

function cellText({ name, measured, predicted: { best, typical, worst } }: NamedCell): string {
  return `${name}: measured ${measured}, predicted ${best.toFixed(2)} ${typical.toFixed(2)} ${worst.toFixed(2)}`;
}

describe("the first measurements", () => {
  test("at least 95 % are inside", () => {
    const outside = cells.filter((cell) => !isInside(cell));
    expect(outside.map(cellText).slice(Math.floor(cells.length * 0.05))).toEqual([]);
  });

  test("typical is near in at least 80 %", () => {
    const far = cells.filter((cell) => !isNear(cell));
    expect(far.map(cellText).slice(Math.floor(cells.length * 0.2))).toEqual([]);
  });

  test("nothing that is like our presets is outside", () => {
    expect(
      cells
        .filter(({ name }) => name.endsWith("tuned"))
        .filter((cell) => !isInside(cell))
        .map(cellText),
    ).toEqual([]);
  });
});

describe("the measurements in docs/measurements", () => {
  const list = [...committed, ...seedConfigurations]
    .map((configuration) => ({
      configuration,
      measurements: readMeasurements(samplesFile(configuration.id)),
    }))
    .filter(({ measurements }) => measurements.length > 0);
  const known = new Map(list.map(({ configuration }) => [configuration, predictionsOf(configuration)]));
  const all = comparisons(list, (configuration) => known.get(configuration) ?? new Map());

  test("each is compared", () => {
    const cells = new Set(
      list.flatMap(({ configuration, measurements }) =>
        measurements.map(({ fault, holder }) => `${configuration.id} ${holder} ${fault}`),
      ),
    );
    const compared = all.filter(({ figure }) => figure === "newConnections");
    expect(
      compared.map(({ configuration, holder, fault }) => `${configuration.id} ${holder} ${fault}`).toSorted(),
    ).toEqual([...cells].toSorted());
    expect(cells.size).toBeGreaterThan(0);
  });

  test("at least 95 % are inside and 80 % near typical, and all of our presets are inside", () => {
    expect(brokenPredictions(all)).toEqual([]);
  });
});
