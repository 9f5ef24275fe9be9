import { spawnSync } from "node:child_process";

import { faults } from "../../src/timing/faults/index.ts";
import { markdownTable } from "../../src/report/markdown-table.ts";
import { secondsText } from "../../src/report/numbers.ts";
import type { FaultName } from "../../src/timing/fault-names.ts";
import type { Configuration } from "./configurations.ts";
import { cellFor, headlineOf, type Measured, measuredFaults } from "./measured.ts";

/** Seconds; null where it lasts until the repair. */
interface PredictedSpan {
  readonly best: number | null;
  readonly typical: number | null;
  readonly worst: number | null;
}

/** A measured cell beside what was predicted of it. Seconds. */
export interface Comparison {
  readonly configuration: Configuration;
  readonly fault: FaultName;
  readonly measured: number;
  readonly span: PredictedSpan;
  /** It lies between best and worst. */
  readonly inside: boolean;
  /** It is near to typical. */
  readonly near: boolean;
}

/** What `predict` says of a configuration, by fault; empty if it says nothing. */
export function predictionsOf({ files }: Configuration): ReadonlyMap<string, PredictedSpan> {
  const argv = ["dist/kubeadm-ha.cjs", "predict", ...files, "--format", "json"];
  const { status, stdout } = spawnSync(process.execPath, argv, { encoding: "utf8" });
  if (status !== 0) return new Map();
  const { predictions } = JSON.parse(stdout) as {
    readonly predictions: readonly { readonly fault: string; readonly newConnections: PredictedSpan }[];
  };
  return new Map(predictions.map(({ fault, newConnections }) => [fault, newConnections]));
}

/** Every measured cell for which there is a prediction; the first by rank holds. */
export function comparisons(
  list: readonly Measured[],
  predictions: (configuration: Configuration) => ReadonlyMap<string, PredictedSpan>,
): readonly Comparison[] {
  return list.flatMap((measured) => {
    const known = predictions(measured.configuration);
    return measuredFaults([measured]).flatMap((fault) => {
      const cell = cellFor(measured, fault);
      const span = known.get(fault);
      if (cell === undefined || span === undefined) return [];
      const { median: seconds, open } = headlineOf(cell);
      return [
        { configuration: measured.configuration, fault, measured: seconds, span, ...judged(span, seconds, open) },
      ];
    });
  });
}

/** Requests start every 0.02 s, and one takes a few milliseconds. */
const resolution = 0.03;

// What still went on when the observation ended has no end that was measured.
function judged({ best, typical, worst }: PredictedSpan, seconds: number, open: boolean) {
  const least = open ? 0 : (best ?? Infinity) - resolution;
  const inside = seconds >= least && seconds <= (worst ?? Infinity) + resolution;
  const middle = typical ?? Infinity;
  const near = middle === Infinity ? open : Math.abs(seconds - middle) <= Math.max(0.15, 0.3 * middle);
  return { inside, near };
}

/** Markdown: how many of each configuration's cells are as predicted, and which are not. */
export function predictionTable(all: readonly Comparison[]): string {
  const configurations = [...new Set(all.map(({ configuration }) => configuration))];
  const rows = configurations.map((configuration) => row(configuration.title, ofOne(all, configuration)));
  const outside = all
    .filter(({ inside }) => !inside)
    .map(
      ({ configuration, fault, measured, span }) =>
        `- ${configuration.title}, ${faults[fault].title}: measured ${secondsText(measured)}, predicted ${spanText(span)}\n`,
    );
  const table = markdownTable(["configuration", "cells", "inside", "near typical"], [...rows, row("all", all)]);
  return `${table}${outside.length === 0 ? "" : `\n${outside.join("")}`}`;
}

function ofOne(all: readonly Comparison[], configuration: Configuration): readonly Comparison[] {
  return all.filter((each) => each.configuration === configuration);
}

function row(title: string, list: readonly Comparison[]): readonly string[] {
  const share = (count: number): string => `${count} (${Math.round((100 * count) / Math.max(1, list.length))} %)`;
  const inside = list.filter((each) => each.inside).length;
  return [title, String(list.length), share(inside), share(list.filter((each) => each.near).length)];
}

function spanText({ best, worst }: PredictedSpan): string {
  return `${secondsText(best ?? Infinity)}–${secondsText(worst ?? Infinity)}`;
}
