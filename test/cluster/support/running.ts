import { rmSync } from "node:fs";
import path from "node:path";

import { afterAll, beforeAll } from "vitest";

import { type Cluster, startCluster } from "../../../scripts/cluster-lab/cluster.ts";
import { ownDirectory } from "../../../scripts/cluster-lab/stale.ts";
import { foundCluster, type Typed } from "../../../scripts/cluster-lab/found.ts";
import { type ClusterCase, testedVersion } from "./case.ts";

/** A cluster that is up for the tests of one block, and what was typed to make it. */
export interface Running {
  readonly cluster: Cluster;
  readonly typed: readonly Typed[];
}

// A test runner that is killed leaves its workers, and they would go on for minutes.
process.once("disconnect", () => process.exit(1));

/** Makes a cluster before the block's tests and ends it after them. */
export function runningCluster(wanted: ClusterCase): () => Running {
  const { config, kubernetesVersion = testedVersion } = wanted;
  let running: Running | undefined;
  let cluster: Cluster | undefined;
  const directory = ownDirectory();
  beforeAll(async () => {
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const name = path.basename(directory);
    cluster = await startCluster({ name, directory, config, kubernetesVersion, say });
    await wanted.before?.(cluster);
    running = { cluster, typed: await foundCluster(cluster, say, wanted) };
  });
  afterAll(async () => {
    await cluster?.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  return () => {
    if (running === undefined) throw new Error("the cluster did not come up");
    return running;
  };
}
