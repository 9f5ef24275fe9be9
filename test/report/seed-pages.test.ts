import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { configurations, seedConfigurations } from "../../scripts/failover/configurations.ts";
import { cellFor, type Measured } from "../../scripts/failover/measured.ts";
import { comparisons, predictionsOf } from "../../scripts/failover/predicted.ts";
import { readMeasurements, samplesFile } from "../../scripts/failover/samples.ts";
import { seedPages, withFigures } from "../../scripts/failover/seed-pages.ts";
import { type Verdict, verdictsOf } from "../../scripts/failover/verdicts.ts";
import type { Measurement } from "../../src/rehearse/measurement.ts";
import type { FaultName } from "../../src/timing/fault-names.ts";
import { root } from "../support/built.ts";

const measured = seedConfigurations.map((configuration): Measured => ({
  configuration,
  measurements: readMeasurements(samplesFile(configuration.id)),
}));

test.each(seedPages)("$path has the figures of the measurements", (page) => {
  const text = readFileSync(join(root, page.path), "utf8");
  expect(withFigures(page, text)).toBe(text);
});

describe.each(measured.map((each) => [each.configuration.id, each] as const))(
  "%s",
  (_, { configuration, measurements }) => {
    test("was measured in every fault of its post, and more", () => {
      const post = configurations.find(
        ({ id }) => id === seedConfigurations.find((seed) => seed === configuration)?.post,
      );
      const asked = post?.rehearsals.flatMap(({ faults }) => faults) ?? [];
      expect(asked.filter((fault) => measurements.every((each) => each.fault !== fault))).toEqual([]);
    });

    test("is as predicted", () => {
      const predictions = predictionsOf(configuration);
      const all = comparisons([{ configuration, measurements }], () => predictions);
      const outside = all.filter(({ figure, inside }) => figure === "newConnections" && !inside);
      expect(
        outside.map(({ fault, measured: seconds, predicted }) => `${fault}: ${seconds}, ${JSON.stringify(predicted)}`),
      ).toEqual([]);
    });

    test("meets the bars", () => {
      // What nginx cannot see has bars of its own below.
      const own =
        configuration.preset === undefined ? measurements.filter(({ fault }) => !ofNginx.has(fault)) : measurements;
      const verdicts = verdictsOf({ ...configuration, preset: "balanced" }, own);
      expect(verdicts.length).toBeGreaterThan(10);
      const missed = verdicts.filter(({ passes }) => !passes).map(({ fault, bar }) => `${fault}, ${bar.what}`);
      expect(missed, verdicts.map(verdictText).join("\n")).toEqual([]);
    });
  },
);

const ofNginx: ReadonlySet<FaultName> = new Set([
  "api-server-killed",
  "api-server-hung",
  "other-node-cut",
  "peers-cut",
]);

describe("nginx", () => {
  const nginx = measured.find(({ configuration }) => configuration.preset === undefined);
  const runs = (fault: FaultName): readonly Measurement[] =>
    (nginx === undefined ? undefined : cellFor(nginx, fault))?.measurements ?? [];

  test("an API server that is killed costs at most four requests", () => {
    expect(runs("api-server-killed").length).toBeGreaterThan(0);
    for (const { injected } of runs("api-server-killed")) expect(injected.failed).toBeLessThanOrEqual(4);
  });

  test("a node that is cut off costs one request every five seconds at most", () => {
    expect(runs("other-node-cut").length).toBeGreaterThan(0);
    for (const { injected } of runs("other-node-cut"))
      expect(injected.failed).toBeLessThanOrEqual(injected.seconds / 5);
  });

  test("an API server that hangs costs as long as it hangs, and so it is predicted", () => {
    if (nginx === undefined) throw new Error("no nginx");
    expect(runs("api-server-hung").map(({ injected }) => injected.settled)).toEqual(
      runs("api-server-hung").map(() => false),
    );
    expect(predictionsOf(nginx.configuration).get("api-server-hung")?.newConnections.worst).toBe(Infinity);
  });
});

function verdictText({ bar, fault, median, maximum, limit }: Verdict): string {
  return `${fault}, ${bar.what}: ${median}/${maximum}, limit ${limit}`;
}
