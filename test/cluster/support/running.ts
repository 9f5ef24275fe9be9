import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll } from "vitest";

import { type Cluster, startCluster } from "../../../scripts/cluster-lab/cluster.ts";
import { foundCluster, type Typed } from "../../../scripts/cluster-lab/found.ts";
import type { ClusterCase } from "./cases.ts";

/** A cluster that is up for the tests of one block, and what was typed to make it. */
export interface Running {
  readonly cluster: Cluster;
  readonly typed: readonly Typed[];
}

/** Makes a cluster before the block's tests and ends it after them. */
export function runningCluster({ config }: ClusterCase, kubernetesVersion = "v1.34.10"): () => Running {
  let running: Running | undefined;
  let cluster: Cluster | undefined;
  const directory = mkdtempSync(path.join(tmpdir(), "kubeadm-ha-cluster-"));
  beforeAll(async () => {
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const name = path.basename(directory).toLowerCase();
    cluster = await startCluster({ name, directory, config, kubernetesVersion, say });
    running = { cluster, typed: await foundCluster(cluster, say) };
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
