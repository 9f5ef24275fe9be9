import { labsAtOnce, type Machine, machineTable } from "../../failover/machine.ts";
import type { PredictedSpans } from "../../failover/predicted.ts";
import { type MeasuredCluster, measuredRelease, type UpgradedCluster } from "../configurations.ts";
import type { ClusterMeasurement } from "../samples.ts";
import type { UpgradeStep } from "../upgrade.ts";
import { leaseSection } from "./leases.ts";
import { presetSections } from "./presets.ts";
import { releaseSection } from "./releases.ts";
import { upgradeSection } from "./upgrades.ts";

/** What the page is made from, by cluster. */
export interface ClusterPageInput {
  measurementsOf(cluster: MeasuredCluster): readonly ClusterMeasurement[];
  /** What `predict` says of its files, by fault. */
  predictionsOf(cluster: MeasuredCluster): ReadonlyMap<string, PredictedSpans>;
  upgradeOf(cluster: UpgradedCluster): readonly UpgradeStep[];
  readonly machines: readonly Machine[];
}

/** docs/cluster-failover.md. */
export function clusterPage(input: ClusterPageInput): string {
  const sections = [
    ...presetSections(input),
    ...leaseSection(input),
    ...releaseSection(input),
    ...upgradeSection(input),
  ];
  return `# Real clusters, measured

Made by \`scripts/cluster measure\` from [the measurements](measurements/cluster): three control-plane nodes with real kubelets, etcd and API servers (${measuredRelease} where nothing else is said) on [one machine](cluster.md), made from our files alone; every fault is really done to it. A client sends 20 requests a second for \`/version\`, each on a connection of its own. Beside it what [rehearse](failover.md) measured with static pods, and what \`predict\` says.

The outage is the longest span between two answers; until the last failed request, where only some fail. Median/maximum of the runs; + means that in one of them it still went on when the observation ended. What the kubelet repairs by itself counts until clients had 15 quiet seconds. 0.06 s and less is what a cluster without a fault shows.

${sections.join("\n")}
## The machine

${machineTable(input.machines)}
At most ${Math.max(...input.machines.map(labsAtOnce))} clusters ran at once on it.
`;
}
