import { describe, expect, test } from "vitest";

import { rehearsalFormats } from "../../src/report/rehearsal/index.ts";
import type { RehearsalReport } from "../../src/report/report.ts";
import { faultNames } from "../../src/timing/fault-names.ts";
import { measured } from "./measurements.ts";

const empty: RehearsalReport = { name: "ha.yaml", measurements: [], skipped: [], notes: [] };
const long = "keepalived.conf:12: track_process is left out, because process events exist only on the machine itself.";

const everything: RehearsalReport = {
  ...empty,
  measurements: faultNames.flatMap((fault) =>
    [1, 2, 3].map((repetition) =>
      measured({
        fault,
        repetition,
        injected: { blackout: 38.05 + repetition, lastFailure: 29.01, failed: 1902, watchGap: 38.47, twoHolders: 22.1 },
        repaired: fault === "all-start" ? null : { moves: 1, watchGap: 5.2 * repetition, settled: repetition !== 2 },
      }),
    ),
  ),
  skipped: [{ fault: "peers-cut", holder: "last", reason: "it does not stay there: the configuration preempts" }],
  notes: [long],
};

const text = (report: Partial<RehearsalReport>): string => rehearsalFormats.text({ ...empty, ...report });
const lines = (report: Partial<RehearsalReport>): readonly string[] => text(report).split("\n");

describe("text", () => {
  test("no line is wider than a terminal, and none ends in blanks", () => {
    for (const line of text(everything).split("\n")) {
      expect(line.length, line).toBeLessThanOrEqual(80);
      expect(line).not.toMatch(/\s$/);
    }
  });

  test("a row for the fault, one for its repair, in the columns of the heads", () => {
    const injected = { blackout: 0.161, lastFailure: 0.06, failed: 3, keptFailed: 2, watchGap: 0.2, moves: 1 };
    expect(lines({ measurements: [measured({ injected })] }).slice(2, 6)).toMatchInlineSnapshot(`
      [
        "                 black-  fails            kept  watch     two    VIP",
        "                  out s  for s  failed  failed  gap s  hold s  moves",
        "balancer killed    0.16   0.06       3       2   0.20       0      1",
        "  repaired         0.03      0       0       0      0       0      0",
      ]
    `);
  });

  test("several runs: medians, and what was most below them", () => {
    const runs = [0.05, 0.3, 0.1].map((blackout, index) => measured({ repetition: index + 1, injected: { blackout } }));
    const [, , , , median, most] = lines({ measurements: runs });
    expect(median).toContain(" 0.10 ");
    expect(most).toMatch(/^ {2}at most +0\.30 /);
  });

  test("each way it was run has a table", () => {
    const measurements = [
      measured({}),
      measured({ holder: "last" }),
      measured({ form: "static-pod" }),
      measured({ fault: "keepalived-killed" }),
    ];
    expect(lines({ measurements }).filter((line) => line.startsWith("ha.yaml:"))).toEqual([
      "ha.yaml: services of the host, the first by rank holds",
      "ha.yaml: services of the host, the last by rank holds",
      "ha.yaml: static pods, the first by rank holds",
    ]);
  });

  test("what figures alone do not tell is said", () => {
    const measurements = [
      measured({ fault: "all-start", injected: { firstSuccess: 0.87 }, repaired: null }),
      measured({ fault: "api-server-hung", injected: { settled: false, seconds: 20.02 } }),
      measured({ fault: "holder-cut", again: true, repaired: { late: 0.12 } }),
      measured({ fault: "idle-stream", injected: { seconds: 1800 }, repaired: null }),
    ];
    expect(text({ measurements })).toContain("first answer after 0.87 s.\n");
    expect(text({ measurements })).toContain("not quiet again 20 s after the fault in the only run.\n");
    expect(text({ measurements })).toContain("the client was late, so a run was repeated.\n");
    expect(text({ measurements })).toContain("late by up to 0.12 s");
    expect(text({ measurements })).toContain("no stream was cut in 30 min.\n");
  });

  test("an idle stream that was cut", () => {
    const run = (streamsCut: number) =>
      measured({ fault: "idle-stream", injected: { seconds: 60, streamsCut }, repaired: null });
    expect(text({ measurements: [run(0), run(1)] })).toContain("a stream was cut in 1 of 2 runs of 60 s.");
  });

  test("a cluster without power starts with the repair", () => {
    const run = measured({
      fault: "all-power-loss",
      injected: { settled: false, firstSuccess: undefined },
      repaired: { firstSuccess: 2.5 },
    });
    expect(text({ measurements: [run] })).toContain("first answer after 2.50 s of the repair.");
    expect(text({ measurements: [run] })).not.toContain("not quiet");
  });

  test("nothing was measured", () => {
    const skipped = [{ fault: "peers-cut", reason: "there is one node" }] as const;
    expect(text({ skipped })).toMatch(/^Nothing was measured\.\n\n.*: not rehearsed, because there is one node\.\n$/);
  });
});

describe("json", () => {
  test("has the measurements as they are, and medians", () => {
    const measurements = [measured({ injected: { blackout: 0.1 } }), measured({ injected: { blackout: 0.2 } })];
    const answer: unknown = JSON.parse(rehearsalFormats.json({ ...empty, measurements }));
    expect(answer).toMatchObject({
      kind: "RehearsalReport",
      name: "ha.yaml",
      cells: [
        {
          fault: "balancer-killed",
          repetitions: 2,
          headline: { maximum: 0.2 },
          injected: { moves: { median: 0, maximum: 0 }, settled: true },
        },
      ],
      measurements,
      skipped: [],
      notes: [],
    });
  });

  test("a fault without repair has none", () => {
    const measurements = [measured({ fault: "all-start", repaired: null, injected: { firstSuccess: 0.9 } })];
    expect(JSON.parse(rehearsalFormats.json({ ...empty, measurements }))).toMatchObject({
      cells: [{ repaired: null, headline: { median: 0.9 } }],
    });
  });
});

describe("markdown", () => {
  test("a row has as many cells as the head", () => {
    const tables = rehearsalFormats.markdown(everything);
    const widths = new Set([...tables.matchAll(/^\|.*\|$/gm)].map(([row]) => row.split("|").length));
    expect(widths).toEqual(new Set([10]));
    expect(tables).toContain(`- ${long}\n`);
  });

  test("the maximum stands behind the median where they differ", () => {
    const measurements = [0.1, 0.2, 0.4].map((blackout) => measured({ injected: { blackout, moves: 1 } }));
    expect(rehearsalFormats.markdown({ ...empty, measurements })).toMatch(/\| 0\.20 \(0\.40\) \|.*\| 1 \|\n/);
  });
});
