import { expect, test } from "vitest";

import { measuredClusters } from "../../scripts/cluster-measure/configurations.ts";
import { clusterPage } from "../../scripts/cluster-measure/page.ts";
import type { ClusterMeasurement } from "../../scripts/cluster-measure/samples.ts";
import { resolveConfiguration } from "../../src/config/resolve.ts";
import { kubeadmRules } from "../../src/kubeadm/rules.ts";
import type { PhaseFigures } from "../../src/rehearse/measurement.ts";

const phase = (blackout: number, failed: number, settled = true): PhaseFigures => ({
  blackout,
  firstSuccess: 0.01,
  lastFailure: 0,
  requests: 300,
  failed,
  keptRequests: 0,
  keptFailed: 0,
  watchGap: 0,
  streamsCut: 0,
  late: 0,
  twoHolders: 0,
  noHolder: 0,
  moves: 1,
  settled,
  seconds: 40,
});
const run = (fault: string, repetition: number, figures: Partial<ClusterMeasurement>): ClusterMeasurement => ({
  cluster: "kube-vip-balanced",
  kubernetesVersion: "v1.34.10",
  fault,
  repetition,
  injected: phase(0, 0),
  repaired: undefined,
  load: 1,
  ...figures,
});

test("every cluster can be made, with the preset that it is named after", () => {
  for (const { id, config } of measuredClusters) {
    const file = { name: "ha.yaml", text: config };
    const { spec } = resolveConfiguration({ file, flags: { kubernetesVersion: "v1.34.10" }, rules: kubeadmRules });
    expect(spec, id).toBeDefined();
    expect(config, id).toContain(`failover: ${id.split("-").at(-1)}\n`);
  }
});

test("a row for each fault that was measured, with what was predicted", () => {
  const measurements = [
    run("holder-cut", 1, { injected: phase(8, 20, false), repaired: phase(0.5, 0) }),
    run("holder-cut", 2, { injected: phase(12, 30, false), repaired: phase(0.1, 0) }),
    run("api-server-killed", 1, { injected: { ...phase(0.5, 4, false), lastFailure: 3.25 } }),
  ];
  const page = clusterPage({
    measurementsOf: ({ id }) => measurements.filter(({ cluster }) => cluster === id),
    predictionsOf: () => {
      const span = { best: 7, typical: 9, worst: Infinity };
      return new Map([["holder-cut", { newConnections: span, established: span }]]);
    },
  });
  expect(page.split("\n").filter((line) => /^\| (API|holder)/.test(line))).toEqual([
    "| API server killed, back by the kubelet | 3.25/3.25+ | 4/4 | 0/0 |  |  |  |",
    "| holder cut off for 40 s | 10.00/12.00 | 25/30 | 0/0 | 0.30/0.50 |  | 7.00–∞ |",
  ]);
  expect(page.match(/^## .*/gm)).toEqual(["## kube-vip, balanced"]);
});
