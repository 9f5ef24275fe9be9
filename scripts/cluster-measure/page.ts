import { headline } from "../../src/report/cells.ts";
import { markdownTable } from "../../src/report/markdown-table.ts";
import { countText, secondsText } from "../../src/report/numbers.ts";
import { maximum, median } from "../../src/report/statistics.ts";
import type { ClusterFault } from "../cluster-lab/faults/fault.ts";
import { clusterFaults } from "../cluster-lab/faults/index.ts";
import type { PredictedSpans } from "../failover/predicted.ts";
import { readMeasurements } from "../failover/samples.ts";
import { type MeasuredCluster, measuredClusters } from "./configurations.ts";
import type { ClusterMeasurement } from "./samples.ts";

/** What a page is made from, by cluster. */
export interface ClusterPageInput {
  measurementsOf(cluster: MeasuredCluster): readonly ClusterMeasurement[];
  /** What `predict` says of its files, by fault. */
  predictionsOf(cluster: MeasuredCluster): ReadonlyMap<string, PredictedSpans>;
}

/** docs/cluster-failover.md. */
export function clusterPage({ measurementsOf, predictionsOf }: ClusterPageInput): string {
  const measured = measuredClusters.filter((cluster) => measurementsOf(cluster).length > 0);
  const versions = [...new Set(measured.flatMap(measurementsOf).map(({ kubernetesVersion }) => kubernetesVersion))];
  const sections = measured.map((cluster) =>
    section(measurementsOf(cluster), { cluster, predicted: predictionsOf(cluster) }),
  );
  return `# Real clusters, measured

Made by \`scripts/cluster measure\` from [the measurements](measurements/cluster): three control-plane nodes with real kubelets, etcd and API servers (${versions.join(", ")}) on [one machine](cluster.md), made from our files alone; every fault is really done to it. A client sends 20 requests a second for \`/version\`, each on a connection of its own. Beside it what [rehearse](failover.md) measured with static pods, and what \`predict\` says.

The outage is the longest span between two answers; until the last failed request, where only some fail. Median/maximum of the runs; + means that in one of them it still went on when the observation ended. What the kubelet repairs by itself counts until clients had 15 quiet seconds. 0.06 s and less is what a cluster without a fault shows.
${sections.join("")}`;
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
  return `
## ${beside.cluster.title}

${markdownTable(head, rows)}`;
}

interface Beside {
  readonly cluster: MeasuredCluster;
  readonly predicted: ReadonlyMap<string, PredictedSpans>;
}

function row(fault: ClusterFault, runs: readonly ClusterMeasurement[], beside: Beside): readonly string[] {
  const repaired = runs.flatMap(({ repaired: phase }) => phase ?? []);
  const open = runs.some(({ injected }) => !injected.settled && fault.repair === undefined) ? "+" : "";
  return [
    fault.title,
    `${spread(
      runs.map((run) => outage(fault, run)),
      secondsText,
    )}${open}`,
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

// The figure that rehearse and predict have of the same fault, so that all three can be compared.
function outage({ rehearsed }: ClusterFault, { injected }: ClusterMeasurement): number {
  return rehearsed === undefined ? injected.blackout : headline({ fault: rehearsed, injected });
}

function spread(values: readonly number[], text: (value: number) => string): string {
  return `${text(median(values))}/${text(maximum(values))}`;
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
