import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { measuredClusters, presetClusters, upgradedClusters } from "../../scripts/cluster-measure/configurations.ts";
import { type ClusterPageInput, clusterPage } from "../../scripts/cluster-measure/page/page.ts";
import { chinese, withClusterTable } from "../../scripts/cluster-measure/page/readme.ts";
import { clusterMisses, clusterVerdicts } from "../../scripts/cluster-measure/verdicts.ts";
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

const nothing: ClusterPageInput = {
  measurementsOf: () => [],
  predictionsOf: () => new Map(),
  upgradeOf: () => [],
  machines: [{ processor: "A", cores: 2, kernel: "6.1", programs: { keepalived: "2.2.7" }, atOnce: 2 }],
};

test("every cluster can be made", () => {
  const upgraded = upgradedClusters.map((each) => ({ ...each, kubernetesVersion: "v1.37.0" }));
  for (const { id, config, kubernetesVersion } of [...measuredClusters, ...upgraded]) {
    const file = { name: "ha.yaml", text: config };
    const { spec, findings } = resolveConfiguration({ file, flags: { kubernetesVersion }, rules: kubeadmRules });
    expect(spec, `${id}: ${JSON.stringify(findings)}`).toBeDefined();
  }
  const ids = [...measuredClusters, ...upgradedClusters].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("clusters have the preset or the lease that they are named after", () => {
  for (const { id, config } of presetClusters) expect(config, id).toContain(`failover: ${id.split("-").at(-1)}\n`);
  const lease = measuredClusters.find(({ id }) => id === "kube-vip-lease-5-3-1");
  expect(lease?.config).toContain("kubeVip: {leaseDuration: 5s, renewDeadline: 3s, retryPeriod: 1s}\n");
});

test("a row for each fault that was measured, with what was predicted", () => {
  const measurements = [
    run("holder-cut", 1, { injected: phase(8, 20, false), repaired: phase(0.5, 0) }),
    run("holder-cut", 2, { injected: phase(12, 30, false), repaired: phase(0.1, 0) }),
    run("api-server-killed", 1, { injected: { ...phase(0.5, 4, false), lastFailure: 3.25 } }),
  ];
  const page = clusterPage({
    ...nothing,
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
  expect(page.match(/^## .*/gm)).toEqual(["## kube-vip, balanced", "## The machine"]);
  expect(page).toContain("| A | 2 | 6.1 | keepalived 2.2.7 |\n\nAt most 2 clusters ran at once");
});

test("what leases stood, what other releases lost, and what an upgrade costs", () => {
  const measurements = [
    run("busy-machine", 1, {
      cluster: "kube-vip-lease-4-3-1",
      injected: { ...phase(1.5, 2), moves: 3, noHolder: 0.25 },
    }),
    run("holder-cut", 1, { cluster: "kube-vip-v1.37.0", injected: phase(9, 7) }),
  ];
  const step = {
    step: "kubeadm upgrade apply",
    node: "cp1",
    holder: true,
    seconds: 60,
    changed: ["/etc/kubeadm-ha/a"],
  };
  const page = clusterPage({
    ...nothing,
    measurementsOf: ({ id }) => measurements.filter(({ cluster }) => cluster === id),
    upgradeOf: ({ id }) => (id === "upgrade-kube-vip" ? [{ ...step, noticed: phase(0.5, 1) }] : []),
  });
  expect(page.split("\n").filter((line) => /^(\| (4|kube-vip|cp1)|- )/.test(line))).toEqual([
    "| 4/3/1 | 3 | 0.25 | 0 | 1.50 | 2 | 1.0 |",
    "| kube-vip, v1.37.0 | holder cut off for 40 s | 9.00/9.00 | 7/7 |",
    "| cp1 | kubeadm upgrade apply | 0.50 (1)\\* |",
    "- kubeadm upgrade apply changes `/etc/kubeadm-ha/a`",
  ]);
});

test("a real cluster has to be as good as its bars, or as predicted, with one holder", () => {
  const measurements = [
    run("holder-cut", 1, { cluster: "keepalived-haproxy-balanced", injected: phase(1.7, 20) }),
    run("holder-power-loss", 1, { cluster: "keepalived-haproxy-balanced", injected: phase(1.9, 20) }),
    run("holder-cut", 1, { injected: { ...phase(9.5, 20), twoHolders: 10.5 } }),
    run("holder-power-loss", 1, { injected: phase(15, 20) }),
  ];
  const verdicts = clusterVerdicts({
    ...nothing,
    measurementsOf: ({ id }) => measurements.filter(({ cluster }) => cluster === id),
    predictionsOf: () => {
      const span = { best: 9, typical: 11, worst: 14.5 };
      return new Map(
        ["holder-cut", "holder-power-loss"].map((name) => [name, { newConnections: span, established: span }]),
      );
    },
  });
  const missed = verdicts.filter(({ passes }) => !passes).map(({ text }) => text);
  expect(missed).toEqual([
    "keepalived-haproxy, balanced: holder loses power for 40 s, blackout s: 1.90/1.90 <= 1.80",
    "kube-vip, balanced: holder cut off for 40 s, two holders s: 10.50/10.50 <= 10.00",
    "kube-vip, balanced: holder loses power for 40 s, run 1: 15.00 s of 9.00 to 14.50",
  ]);
  expect(verdicts.length).toBeGreaterThan(missed.length);
  expect(clusterMisses(verdicts)).toMatch(
    /^\d+ of \d+ figures are within their limits\.\n- keepalived-haproxy, balanced/,
  );
});

test("every fault that presets are measured with has a Chinese title", () => {
  const faults = presetClusters.flatMap((each) => each.faults);
  expect(faults.filter((name) => chinese[name] === undefined)).toEqual([]);
});

test("README has the seconds of every preset, a fault a row", () => {
  const measurements = [
    run("holder-cut", 1, { injected: phase(8, 20) }),
    run("holder-cut", 2, { injected: phase(12, 30) }),
    run("holder-cut", 1, { cluster: "kube-vip-fast", injected: phase(5, 20) }),
  ];
  const input = {
    ...nothing,
    measurementsOf: ({ id }: { readonly id: string }) => measurements.filter(({ cluster }) => cluster === id),
  };
  for (const file of ["README.md", "README.zh-CN.md"] as const) {
    const readme = readFileSync(file, "utf8");
    const written = withClusterTable(readme, file === "README.md" ? "en" : "zh-CN", input);
    expect(written).toContain(" | – / – / – | 5.00 / 10.00 / – | – / – / – |\n");
    // Only the table is another one.
    expect(withClusterTable(readme, "en", nothing)).not.toContain("real clusters](docs/cluster-failover.md)");
    const [table = ""] = /^\|.* \/ conservative [^]*?\n(?=<!-- end)/m.exec(written) ?? [];
    expect(table.split("\n").filter((line) => line !== "")).toHaveLength(3);
    const without = (text: string): string => text.replace(/(measure --table -->\n)[^]*?(?=<!-- end)/, "$1");
    expect(without(written)).toBe(without(readme));
  }
});
