import { headline } from "../../src/report/cells.ts";
import { secondsText } from "../../src/report/numbers.ts";
import { maximum, median } from "../../src/report/statistics.ts";
import { type Bar, bars } from "../failover/bars.ts";
import { isInside } from "../failover/accuracy.ts";
import type { PredictedSpans } from "../failover/predicted.ts";
import type { ClusterFault } from "../cluster-lab/faults/fault.ts";
import { clusterFaults } from "../cluster-lab/faults/index.ts";
import { readSetup } from "../cluster-lab/setup.ts";
import { type MeasuredCluster, presetClusters } from "./configurations.ts";
import type { ClusterPageInput } from "./page/page.ts";
import type { ClusterMeasurement } from "./samples.ts";

/** Whether a real cluster is as good as it has to be, in one respect. */
export interface ClusterVerdict {
  readonly passes: boolean;
  /** What was measured, and what it has to be. */
  readonly text: string;
}

/**
 * keepalived with haproxy has half as much again as the balanced preset's bars allow a rehearsal; kube-vip what
 * `predict` says, and never two holders for longer than a lease.
 */
export function clusterVerdicts(input: ClusterPageInput): readonly ClusterVerdict[] {
  return presetClusters.flatMap((cluster) => {
    const predicted = input.predictionsOf(cluster);
    return clusterFaults.flatMap((fault) => {
      const runs = input.measurementsOf(cluster).filter((each) => each.fault === fault.name);
      if (runs.length === 0) return [];
      const judged: Judged = { cluster, fault, runs };
      if (cluster.id.startsWith("kube-vip")) return [...asPredicted(judged, predicted), oneHolder(judged)];
      return cluster.id.endsWith("-balanced") ? byBars(judged) : [];
    });
  });
}

interface Judged {
  readonly cluster: MeasuredCluster;
  readonly fault: ClusterFault;
  readonly runs: readonly ClusterMeasurement[];
}

function byBars({ cluster, fault, runs }: Judged): readonly ClusterVerdict[] {
  const { rehearsed } = fault;
  if (rehearsed === undefined) return [];
  return bars
    .filter(({ faults }) => faults.includes(rehearsed))
    .flatMap((bar) => {
      const figures = runs.flatMap(({ injected, repaired }) =>
        bar.phase === "injected" ? injected : (repaired ?? []),
      );
      const limit = bar.limits.balanced;
      if (figures.length === 0 || limit === undefined) return [];
      return [verdict(`${cluster.title}: ${fault.title}`, { bar, values: figures.map(bar.value), limit: 1.5 * limit })];
    });
}

interface Limited {
  readonly bar: Pick<Bar, "what" | "text">;
  readonly values: readonly number[];
  readonly limit: number;
}

function verdict(subject: string, { bar, values, limit }: Limited): ClusterVerdict {
  const middle = median(values);
  return {
    passes: middle <= limit,
    text: `${subject}, ${bar.what}: ${bar.text(middle)}/${bar.text(maximum(values))} <= ${bar.text(limit)}`,
  };
}

function asPredicted(
  { cluster, fault, runs }: Judged,
  predictions: ReadonlyMap<string, PredictedSpans>,
): readonly ClusterVerdict[] {
  const { rehearsed } = fault;
  const predicted = rehearsed === undefined ? undefined : predictions.get(rehearsed)?.newConnections;
  if (rehearsed === undefined || predicted === undefined) return [];
  return runs.map(({ injected, repetition }) => {
    const measured = headline({ fault: rehearsed, injected });
    const seenUntil = injected.settled ? Infinity : injected.seconds;
    return {
      passes: isInside({ measured, predicted, seenUntil, resolution }),
      text: `${cluster.title}: ${fault.title}, run ${repetition}: ${secondsText(measured)} s of ${secondsText(predicted.best)} to ${secondsText(predicted.worst)}`,
    };
  });
}

// Requests start every 0.05 s, and one takes a few milliseconds.
const resolution = 0.06;

function oneHolder({ cluster, fault, runs }: Judged): ClusterVerdict {
  const { spec } = readSetup(cluster.config, cluster.kubernetesVersion);
  return verdict(`${cluster.title}: ${fault.title}`, {
    bar: { what: "two holders s", text: secondsText },
    values: [maximum(runs.map(({ injected }) => injected.twoHolders))],
    limit: spec.kubeVip.leaseDurationSeconds,
  });
}

/** How many figures are as they have to be, and a line for each of the others. */
export function clusterMisses(verdicts: readonly ClusterVerdict[]): string {
  const missed = verdicts.filter(({ passes }) => !passes);
  const counted = `${verdicts.length - missed.length} of ${verdicts.length} figures are within their limits.\n`;
  return `${counted}${missed.map(({ text }) => `- ${text}\n`).join("")}`;
}
