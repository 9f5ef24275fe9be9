import { headline } from "../../../src/report/cells.ts";
import { markdownTable } from "../../../src/report/markdown-table.ts";
import { countText, secondsText } from "../../../src/report/numbers.ts";
import type { ClusterFault } from "../../cluster-lab/faults/fault.ts";
import { clusterFaults } from "../../cluster-lab/faults/index.ts";
import type { PredictedSpans } from "../../failover/predicted.ts";
import { readMeasurements } from "../../failover/samples.ts";
import { type MeasuredCluster, presetClusters } from "../configurations.ts";
import type { ClusterMeasurement } from "../samples.ts";
import { goesOn, outage, spread } from "./cells.ts";
import type { ClusterPageInput } from "./page.ts";

/** A table for every provider with every preset: what was measured, rehearsed and predicted. */
export function presetSections({ measurementsOf, predictionsOf }: ClusterPageInput): readonly string[] {
  return presetClusters
    .filter((cluster) => measurementsOf(cluster).length > 0)
    .map((cluster) => section(measurementsOf(cluster), { cluster, predicted: predictionsOf(cluster) }));
}

function section(measurements: readonly ClusterMeasurement[], beside: Beside): string {
  const rows = clusterFaults.flatMap((fault) => {
    const runs = measurements.filter((each) => each.fault === fault.name);
    return runs.length === 0 ? [] : [row(fault, runs, beside)];
  });
  const head = [
    "fault",
    "outage, s",
    "failed",
    "two holders, s",
    "after the repair, s",
    "rehearsed, s",
    "predicted, s",
  ];
  return `## ${beside.cluster.title}\n\n${markdownTable(head, rows)}`;
}

interface Beside {
  readonly cluster: MeasuredCluster;
  readonly predicted: ReadonlyMap<string, PredictedSpans>;
}

function row(fault: ClusterFault, runs: readonly ClusterMeasurement[], beside: Beside): readonly string[] {
  const repaired = runs.flatMap(({ repaired: phase }) => phase ?? []);
  return [
    fault.title,
    `${spread(
      runs.map((run) => outage(fault, run)),
      secondsText,
    )}${goesOn(fault, runs) ? "+" : ""}`,
    spread(
      runs.map(({ injected }) => injected.failed),
      countText,
    ),
    spread(
      runs.map(({ injected }) => injected.twoHolders),
      secondsText,
    ),
    repaired.length === 0
      ? ""
      : spread(
          repaired.map(({ blackout }) => blackout),
          secondsText,
        ),
    rehearsedText(fault, beside.cluster),
    predictedText(fault, beside.predicted),
  ];
}

function rehearsedText({ rehearsed }: ClusterFault, { rehearsed: file }: MeasuredCluster): string {
  if (rehearsed === undefined || file === undefined) return "";
  const runs = readMeasurements(file).filter(({ fault, holder }) => fault === rehearsed && holder === "first");
  return runs.length === 0 ? "" : spread(runs.map(headline), secondsText);
}

function predictedText({ rehearsed }: ClusterFault, predicted: ReadonlyMap<string, PredictedSpans>): string {
  const span = rehearsed === undefined ? undefined : predicted.get(rehearsed)?.newConnections;
  if (span === undefined) return "";
  return `${secondsText(span.best)}–${secondsText(span.worst)}`;
}
