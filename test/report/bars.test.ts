import { describe, expect, test } from "vitest";

import { brokenPredictions } from "../../scripts/failover/predicted-bars.ts";
import { barsTable, misses } from "../../scripts/failover/bars-table.ts";
import { bars } from "../../scripts/failover/bars.ts";
import { failoverChart } from "../../scripts/failover/chart.ts";
import { configurations } from "../../scripts/failover/configurations.ts";
import type { Measured } from "../../scripts/failover/measured.ts";
import { rehearsalArguments } from "../../scripts/failover/measure.ts";
import { failoverPage } from "../../scripts/failover/page.ts";
import { comparisons, predictionTable } from "../../scripts/failover/predicted.ts";
import { verdictsOf } from "../../scripts/failover/verdicts.ts";
import type { HolderRank, PhaseFigures } from "../../src/rehearse/measurement.ts";
import type { Span } from "../../src/timing/fault.ts";
import { faultNames } from "../../src/timing/fault-names.ts";
import { measured } from "./measurements.ts";

const fast = configurations.find(({ id }) => id === "fast-host");
const seed = configurations.find(({ id }) => id === "s2");
if (fast === undefined || seed === undefined) throw new Error("configurations have other names");

const blackouts = (...seconds: readonly number[]) =>
  seconds.map((blackout, index) => measured({ repetition: index + 1, injected: { blackout } }));
const verdict = (...seconds: readonly number[]) =>
  verdictsOf(fast, blackouts(...seconds)).find(({ bar }) => bar.what === "blackout s");

describe("a bar is reached", () => {
  test.each([
    ["by the median", [0.1, 0.2, 0.5], true],
    ["not by the median", [0.1, 0.21, 0.3], false],
    ["not by a maximum of more than three times", [0.1, 0.1, 0.61], false],
  ])("%s", (_, seconds, passes) => expect(verdict(...seconds)).toMatchObject({ passes, limit: 0.2 }));

  test("0 means 0, in every run", () => {
    const runs = [0, 0, 1].map((moves) => measured({ repaired: { moves } }));
    const moves = verdictsOf(fast, runs).find(({ bar }) => bar.what === "after the repair: VIP moves");
    expect(moves).toMatchObject({ median: 0, maximum: 1, passes: false });
  });

  test("without a limit it is only told", () => {
    const runs = [measured({ fault: "keepalived-restarted", injected: { twoHolders: 30 } })];
    const two = verdictsOf(fast, runs).find(({ bar }) => bar.what === "two holders s");
    expect(two).toMatchObject({ limit: undefined, passes: true });
  });

  test("each holder has a verdict of its own", () => {
    const runs = [measured({}), measured({ holder: "last", injected: { blackout: 9 } })];
    const own = verdictsOf(fast, runs).filter(({ bar }) => bar.what === "blackout s");
    expect(own.map(({ holder, passes }) => [holder, passes])).toEqual([
      ["first", true],
      ["last", false],
    ]);
  });

  test("only by ours", () => expect(verdictsOf(seed, blackouts(1))).toEqual([]));
});

const list: readonly Measured[] = [
  {
    configuration: fast,
    measurements: faultNames.map((fault) => measured({ fault, injected: { moves: 3 }, repaired: { watchGap: 5.1 } })),
  },
  { configuration: seed, measurements: [measured({ injected: { blackout: 38.05, settled: false } })] },
];

test("the table says what is missed, and by which configuration", () => {
  expect(barsTable(list)).toMatch(/VIP moves \| 3\/3 ≤ 0 \*\*miss\*\* \|/);
  expect(misses(list)).toMatch(
    /^\d+ of \d+ figures are within their limits\. \d+ runs are still to come\.\n\n- fast, first by rank, /,
  );
});

test("the page and the chart have what was measured", () => {
  const machine = { processor: "x", cores: 2, kernel: "6", programs: {}, atOnce: 3 };
  const page = failoverPage({ all: list, machines: [machine], predicted: [] });
  expect(page).toContain("38.05/38.05+");
  expect(page).toContain("At most 3 labs ran at once");
  expect(page).not.toMatch(/undefined|NaN/);
  const chart = failoverChart(list, [{ processor: "A & B", cores: 2, kernel: "6.1", programs: { haproxy: "2.6.12" } }]);
  expect(chart).toContain("38.05 s and longer");
  expect(chart).toContain("on 2 cores of A &amp; B, Linux 6.1<");
  expect(chart).toContain(">haproxy 2.6.12<");
});

describe("beside what was predicted", () => {
  const endless = { blackout: 38, settled: false, seconds: 38 };
  const span = { best: 0.1, typical: 0.2, worst: 0.5 };
  const both = (injected: Partial<PhaseFigures>, predicted: Partial<Span>, holder: HolderRank = "first") =>
    comparisons([{ configuration: fast, measurements: [measured({ injected, holder })] }], () => {
      const predictions = { newConnections: { ...span, ...predicted }, established: { ...span, ...predicted } };
      return new Map([["balancer-killed", predictions]]);
    });
  const compared = (injected: Partial<PhaseFigures>, predicted: Partial<Span>) => both(injected, predicted)[0];

  test.each([
    ["within the span", { blackout: 0.5 }, {}, { inside: true, near: false }],
    ["at its edge, give or take the client", { blackout: 0.08 }, {}, { inside: true, near: true }],
    ["too long", { blackout: 0.6 }, {}, { inside: false, near: false }],
    ["too short", { blackout: 0.03 }, {}, { inside: false, near: false }],
    ["without an end", endless, { worst: Infinity, typical: Infinity }, { inside: true, near: true }],
    ["without an end, though one was predicted", endless, {}, { inside: false, near: false }],
    ["with an end that was not predicted", { blackout: 3 }, { best: Infinity, worst: Infinity }, { inside: false }],
  ])("%s", (_, injected, predicted, verdict) => expect(compared(injected, predicted)).toMatchObject(verdict));

  test("watches are compared by their silence, which an event more or less may be longer", () => {
    const [, watches] = both({ blackout: 9, watchGap: 0.62 }, {});
    expect(watches).toMatchObject({ figure: "established", measured: 0.62, inside: true, near: false });
    expect(both({ watchGap: 0.64 }, {})[1]).toMatchObject({ inside: false });
  });

  test("the last by rank is compared too", () =>
    expect(both({ blackout: 0.2 }, {}, "last")[0]).toMatchObject({ holder: "last", inside: true, near: true }));

  test("what the promises about predictions do not keep is said", () => {
    expect(brokenPredictions(both({ blackout: 0.2, watchGap: 0.2 }, {}))).toEqual([]);
    const [outside, shares, , far] = brokenPredictions(both({ blackout: 0.6, watchGap: 0.2 }, {}));
    expect(outside).toMatch(/^newConnections of a preset of ours is outside: fast, .*: measured 0\.60, predicted/);
    expect(shares).toBe("newConnections outside: 1 of 1, more than 5 %");
    expect(far).toBe("newConnections far from typical: 1 of 1, more than 20 %");
  });

  test("the table counts, and names what is outside", () => {
    const [miss] = [compared({ blackout: 0.6 }, {})];
    if (miss === undefined) throw new Error("nothing to compare");
    expect(predictionTable([miss], "newConnections")).toMatch(
      /\| all \| 1 \| 0 \(0 %\) \| 0 \(0 %\) \|\n\n- fast, .*: measured 0\.60, predicted 0\.10–0\.50\n/,
    );
  });
});

test("every bar is about something that is measured for every preset", () => {
  const often = fast.rehearsals.flatMap(({ faults }) => faults);
  for (const bar of bars) expect(often).toEqual(expect.arrayContaining([...bar.faults]));
});

test("a call of rehearse", () => {
  const [rehearsal] = seed.rehearsals;
  if (rehearsal === undefined) throw new Error("nothing is rehearsed");
  expect(rehearsalArguments(seed, { ...rehearsal, faults: ["peers-cut", "all-start"] }).join(" ")).toBe(
    "rehearse test/fixtures/seeds/s2 --as host --holder first --repetitions 3 --faults peers-cut,all-start --samples docs/measurements/s2.jsonl",
  );
});
