import { spawnSync } from "node:child_process";

import { type HolderRank, holderRanks, type PhaseFigures } from "../../src/rehearse/measurement.ts";
import { type Cell, phasesOf } from "../../src/report/cells.ts";
import { markdownTable } from "../../src/report/markdown-table.ts";
import { secondsText } from "../../src/report/numbers.ts";
import { median } from "../../src/report/statistics.ts";
import { type FaultName, faultNames } from "../../src/timing/fault-names.ts";
import type { Span } from "../../src/timing/fault.ts";
import { faults } from "../../src/timing/faults/index.ts";
import { isInside, isNear, type Judged, requestResolution, watchResolution } from "./accuracy.ts";
import type { Configuration } from "./configurations.ts";
import { cellFor, headlineOf, type Measured } from "./measured.ts";

/** What `predict` says of a fault. Seconds. */
export type PredictedSpans = Readonly<Record<PredictedFigure, Span>>;

/** Which clients it speaks of. */
export const predictedFigures = ["newConnections", "established"] as const;
export type PredictedFigure = (typeof predictedFigures)[number];

/** A measured cell beside what was predicted of it. */
export interface Comparison extends Judged {
  readonly configuration: Configuration;
  readonly fault: FaultName;
  readonly holder: HolderRank;
  readonly figure: PredictedFigure;
  /** It lies between best and worst. */
  readonly inside: boolean;
  /** It is near to typical. */
  readonly near: boolean;
}

/** What `predict` says of a configuration, by fault. `input` is what `-` among the files is. An Error has its complaint. */
export function predictionsOf(
  { files }: Pick<Configuration, "files">,
  input?: string,
): ReadonlyMap<string, PredictedSpans> {
  const argv = ["dist/kubeadm-ha.cjs", "predict", ...files, "--format", "json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
    encoding: "utf8",
    ...(input !== undefined && { input }),
  });
  if (status !== 0) throw new Error(`kubeadm-ha ${argv.slice(1).join(" ")} ended with ${status}: ${stderr}`);
  const { predictions } = JSON.parse(stdout) as { readonly predictions: readonly PrintedPrediction[] };
  return new Map(
    predictions.map(({ fault, newConnections, established }) => [
      fault,
      { newConnections: spanOf(newConnections), established: spanOf(established) },
    ]),
  );
}

type PrintedPrediction = { readonly fault: string } & Readonly<
  Record<PredictedFigure, Readonly<Record<keyof Span, number | null>>>
>;

// What lasts until the repair is null.
function spanOf({ best, typical, worst }: PrintedPrediction[PredictedFigure]): Span {
  return { best: best ?? Infinity, typical: typical ?? Infinity, worst: worst ?? Infinity };
}

/** Every measured cell for which there is a prediction, with either holder. */
export function comparisons(
  list: readonly Measured[],
  predictions: (configuration: Configuration) => ReadonlyMap<string, PredictedSpans>,
): readonly Comparison[] {
  return list.flatMap((measured) => {
    const known = predictions(measured.configuration);
    return faultNames.flatMap((fault) =>
      holderRanks.flatMap((holder) => {
        const cell = cellFor(measured, fault, holder);
        const spans = known.get(fault);
        if (cell === undefined || spans === undefined) return [];
        return predictedFigures
          .filter((figure) => figure === "newConnections" || !watchesStopBefore.has(fault))
          .map((figure) => compared(cell, { configuration: measured.configuration, figure, predicted: spans[figure] }));
      }),
    );
  });
}

// Everything is stopped for it, and only the start is predicted: their silence is that of both.
const watchesStopBefore: ReadonlySet<FaultName> = new Set(["all-start"]);

type Asked = Pick<Comparison, "configuration" | "figure" | "predicted">;

function compared(cell: Cell, asked: Asked): Comparison {
  const isNew = asked.figure === "newConnections";
  const judged: Judged = {
    predicted: asked.predicted,
    measured: isNew ? headlineOf(cell).median : median(phasesOf(cell, "injected").map(({ watchGap }) => watchGap)),
    seenUntil: seenUntil(phasesOf(cell, "injected")),
    resolution: isNew ? requestResolution : watchResolution,
  };
  const { fault, holder } = cell;
  return { ...asked, ...judged, fault, holder, inside: isInside(judged), near: isNear(judged) };
}

// What still went on in most runs when the observation ended has no end that was measured.
function seenUntil(phases: readonly PhaseFigures[]): number {
  const open = phases.filter(({ settled }) => !settled);
  if (2 * open.length <= phases.length) return Infinity;
  return Math.max(0, median(open.map(({ seconds }) => seconds)) - restless);
}

// Seconds from the begin of a failed request, which takes five, to where everything would have been quiet for long enough.
const restless = 8;

/** A comparison in one line. */
export function comparisonText({ configuration, fault, holder, measured, predicted }: Comparison): string {
  return `${configuration.title}, ${faults[fault].title}, ${holder} by rank: measured ${secondsText(measured)}, predicted ${spanText(predicted)}`;
}

/** Markdown: how many of each configuration's cells are as predicted, and which are not. */
export function predictionTable(comparisons: readonly Comparison[], figure: PredictedFigure): string {
  const all = comparisons.filter((each) => each.figure === figure);
  const configurations = [...new Set(all.map(({ configuration }) => configuration))];
  const rows = configurations.map((configuration) => row(configuration.title, ofOne(all, configuration)));
  const outside = all.filter(({ inside }) => !inside).map((comparison) => `- ${comparisonText(comparison)}\n`);
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

function spanText({ best, worst }: Span): string {
  return `${secondsText(best)}–${secondsText(worst)}`;
}
