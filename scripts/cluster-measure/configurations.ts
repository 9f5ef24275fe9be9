import { readFileSync } from "node:fs";

import { busyMachine } from "../cluster-lab/faults/busy-machine.ts";
import { clusterFaults } from "../cluster-lab/faults/index.ts";
import { presets } from "../failover/configurations.ts";

/** A cluster that is measured. */
export interface MeasuredCluster {
  /** Also the name of the file with its measurements. */
  readonly id: string;
  readonly title: string;
  /** Text of ha.yaml. */
  readonly config: string;
  readonly kubernetesVersion: string;
  readonly faults: readonly string[];
  readonly repetitions: number;
  /** Whether etcd gets disks that can be slowed. */
  readonly withEtcdDisks?: boolean;
  /** The samples of the rehearsal with the same settings, if there is one. */
  readonly rehearsed?: string;
}

/** The release that every fault is measured with. */
export const measuredRelease = "v1.34.10";

/** The stacks that every preset is measured with. */
export const stacks = ["keepalived-haproxy", "kube-vip", "kube-vip-haproxy"] as const;
const usualFaults = clusterFaults.filter((fault) => fault !== busyMachine).map(({ name }) => name);

/** Every provider with every preset. */
export const presetClusters: readonly MeasuredCluster[] = stacks.flatMap((stack) =>
  presets.map((preset) => ({
    id: `${stack}-${preset}`,
    title: `${stack}, ${preset}`,
    config: configuration(stack, `failover: ${preset}`),
    kubernetesVersion: measuredRelease,
    faults: usualFaults,
    repetitions: 3,
    ...(stack === "keepalived-haproxy" && { rehearsed: `docs/measurements/${preset}-static-pod.jsonl` }),
  })),
);

/** Leases of kube-vip, the shortest that it takes first: duration, renew deadline and retry period in seconds. */
export const leaseClusters: readonly MeasuredCluster[] = [
  [3, 2, 1],
  [4, 3, 1],
  [5, 3, 1],
  [5, 4, 1],
  [10, 7, 1],
  [15, 10, 1],
].map((lease) => {
  const [leaseDuration, renewDeadline, retryPeriod] = lease.map((seconds) => `${seconds}s`);
  return {
    id: `kube-vip-lease-${lease.join("-")}`,
    title: lease.join("/"),
    config: configuration(
      "kube-vip",
      `kubeVip: {leaseDuration: ${leaseDuration}, renewDeadline: ${renewDeadline}, retryPeriod: ${retryPeriod}}`,
    ),
    kubernetesVersion: measuredRelease,
    faults: [busyMachine.name],
    repetitions: 1,
    withEtcdDisks: true,
  };
});

/** Other releases of Kubernetes: the oldest with v1beta3 alone, and the newest two. */
export const releaseClusters: readonly MeasuredCluster[] = ["v1.30.4", "v1.36.3", "v1.37.0"].flatMap((release) =>
  (["keepalived-haproxy", "kube-vip"] as const).map((stack) => ({
    id: `${stack}-${release}`,
    title: `${stack}, ${release}`,
    config: configuration(stack, "failover: balanced"),
    kubernetesVersion: release,
    faults: ["agent-killed", "api-server-killed", "holder-cut", "holder-power-loss"],
    repetitions: 1,
  })),
);

export const measuredClusters: readonly MeasuredCluster[] = [...presetClusters, ...leaseClusters, ...releaseClusters];

/** A cluster that is upgraded. */
export type UpgradedCluster = Pick<MeasuredCluster, "id" | "title" | "config">;

/** One minor release apart. */
export const upgradedFrom = "v1.36.3";
export const upgradedTo = "v1.37.0";

export const upgradedClusters: readonly UpgradedCluster[] = stacks.map((stack) => ({
  id: `upgrade-${stack}`,
  title: stack,
  config: configuration(stack, "failover: balanced"),
}));

/** An example with another line in place of its preset. */
function configuration(stack: (typeof stacks)[number], line: string): string {
  return `${readFileSync(`manifests/${stack}/ha.yaml`, "utf8").replace(/^failover:.*\n/m, "")}${line}\n`;
}
