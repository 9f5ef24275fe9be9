import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { presets } from "../../scripts/failover/configurations.ts";
import { clusterFiles } from "../../src/commands/cluster-files.ts";
import { type FaultName, faultNames } from "../../src/timing/fault-names.ts";
import type { ClusterTiming } from "../../src/timing/cluster-timing.ts";
import { faults } from "../../src/timing/faults/index.ts";
import { timedCluster } from "../../src/timing/timed-cluster.ts";
import { chances, establishedChances, tie } from "./chances.ts";
import { changed, timingOf } from "./files.ts";

/** Seconds that a client and a busy machine add, and two backups that wake together. */
const resolution = 0.38;

/** Seconds that opening a watch again may take. */
const reopening = 0.5;

const clusters: readonly (readonly [string, ClusterTiming])[] = [
  ...presets.map((preset) => [`ours, ${preset}`, presetTiming(preset)] as const),
  ["ours, fast adverts", changed("manifests/keepalived-haproxy/v1.34", [["advert_int 0.3", "advert_int 0.1"]])],
  ...["keepalived", "keepalived-nginx", "kube-vip", "kube-vip-haproxy"].map(
    (name) => [name, timingOf(`manifests/${name}/v1.34`)] as const,
  ),
  ...["doc", "s0", "s2", "s3"].map((name) => [name, timingOf(`test/fixtures/seeds/${name}`)] as const),
  // As its author means it: the post's own endpoint goes past its nginx.
  ["s4", timingOf("test/fixtures/seeds/s4", "192.168.1.31:16443")],
];

describe.each(clusters)("%s", (_, cluster) => {
  test.each(faultNames)("%s is no wider than what chance decides", (name) => {
    const { best, worst } = faults[name].predict(cluster).newConnections;
    if (worst === Infinity) expect(best).toBe(Infinity);
    else expect(worst - best).toBeLessThanOrEqual(chances[name](cluster) + resolution + tie(cluster));
  });

  test.each(faultNames)("%s is no wider for a watch than what chance decides", (name) => {
    const { best, worst } = faults[name].predict(cluster).established;
    if (worst === Infinity) expect(best === Infinity || mayMiss(name, cluster)).toBe(true);
    else
      expect(worst - best).toBeLessThanOrEqual(
        establishedChances[name](cluster) + resolution + tie(cluster) + reopening,
      );
  });
});

// Where nothing cuts a connection to a server that hangs, a watch is on another one, or hangs with it; where nobody
// notices a node that is gone, any attempt may meet it again.
function mayMiss(name: FaultName, { balancer }: ClusterTiming): boolean {
  const isUnseen = balancer !== undefined && balancer.steering === undefined && balancer.connect.value >= 5;
  return (name === "api-server-hung" && balancer?.cutting === undefined) || (isUnseen && partsNodes.has(name));
}

const partsNodes: ReadonlySet<FaultName> = new Set([
  "holder-cut",
  "holder-cut-silently",
  "other-node-cut",
  "peers-cut-one-way",
  "peers-cut",
  "holder-power-loss",
]);

function presetTiming(failover: string): ClusterTiming {
  const config = "manifests/keepalived-haproxy/ha.yaml";
  const io = {
    out: () => {},
    err: () => {},
    read: (path: string) => readFileSync(path, "utf8"),
    exists: (path: string) => existsSync(path),
  };
  return timedCluster(clusterFiles(undefined, { config, failover }, io));
}
