import { faults } from "../../src/timing/faults/index.ts";
import { markdownTable } from "../../src/report/markdown-table.ts";
import { maximum } from "../../src/report/statistics.ts";
import { bars } from "./bars.ts";
import { presets } from "./configurations.ts";
import type { Measured } from "./measured.ts";
import { type Verdict, verdictsOf } from "./verdicts.ts";

/** A row a bar and fault, with the highest median and maximum of each preset and whether all are good enough. */
export function barsTable(all: readonly Measured[]): string {
  const verdicts = allVerdicts(all);
  const rows = bars.flatMap((bar) => {
    const own = verdicts.filter((verdict) => verdict.bar === bar);
    // What is asked of almost every fault is told of the worst.
    const groups = bar.faults.length > manyFaults ? [bar.faults] : bar.faults.map((fault) => [fault]);
    return groups.flatMap((group) => {
      const some = own.filter(({ fault }) => group.includes(fault));
      if (some.length === 0) return [];
      const cells = presets.map((preset) => cell(some.filter(({ configuration }) => configuration.preset === preset)));
      const [first] = group;
      const title = group.length === 1 && first !== undefined ? faults[first].title : `worst of ${group.length} others`;
      return [[`${title}, ${bar.what}`, ...cells]];
    });
  });
  return markdownTable(["fault", ...presets], rows);
}

const manyFaults = 6;

/** What is not reached, a line each, and how much is still to be measured. */
export function misses(all: readonly Measured[]): string {
  const verdicts = allVerdicts(all);
  const missed = verdicts.filter(({ passes }) => !passes);
  const open = runsToCome(all);
  const rest = open === 0 ? "" : ` ${open} runs are still to come.`;
  const counted = `${verdicts.length - missed.length} of ${verdicts.length} figures are within their limits.${rest}\n`;
  return `${counted}${missed.length === 0 ? "" : `\n${missed.map((verdict) => `- ${verdictText(verdict)}\n`).join("")}`}`;
}

/** The verdict on every bar of every preset. */
export function allVerdicts(all: readonly Measured[]): readonly Verdict[] {
  return all.flatMap(({ configuration, measurements }) => verdictsOf(configuration, measurements));
}

// Of all configurations, ours or not.
function runsToCome(all: readonly Measured[]): number {
  const missing = all.flatMap(({ configuration, measurements }) =>
    configuration.rehearsals.flatMap(({ faults, holder, repetitions }) =>
      faults.map((fault) => {
        const runs = measurements.filter((each) => each.fault === fault && each.holder === holder);
        return Math.max(0, repetitions - runs.length);
      }),
    ),
  );
  return missing.reduce((sum, runs) => sum + runs, 0);
}

function verdictText(verdict: Verdict): string {
  const { bar, configuration, holder, fault, runs } = verdict;
  return `${configuration.title}, ${holder} by rank, ${faults[fault].title}: ${bar.what} ${figureText(verdict)} in ${runs} ${runs === 1 ? "run" : "runs"}`;
}

function cell(verdicts: readonly Verdict[]): string {
  const [first] = verdicts;
  if (first === undefined) return "";
  const highest = figureText({
    ...first,
    median: maximum(verdicts.map((verdict) => verdict.median)),
    maximum: maximum(verdicts.map((verdict) => verdict.maximum)),
  });
  if (first.limit === undefined) return highest;
  return `${highest} ${verdicts.every(({ passes }) => passes) ? "pass" : "**miss**"}`;
}

function figureText({ bar, median, maximum, limit }: Verdict): string {
  const figures = `${bar.text(median)}/${bar.text(maximum)}`;
  return limit === undefined ? figures : `${figures} ≤ ${limit}`;
}
