import { rmSync } from "node:fs";
import path from "node:path";

import { type Cluster, startCluster } from "../cluster-lab/cluster.ts";
import { clusterFaults } from "../cluster-lab/faults/index.ts";
import type { ClusterFault } from "../cluster-lab/faults/fault.ts";
import { foundCluster } from "../cluster-lab/found.ts";
import { ownDirectory } from "../cluster-lab/stale.ts";
import { requireMachine } from "../cluster-lab/requirements.ts";
import type { MeasuredCluster } from "./configurations.ts";
import { keepClusterMeasurement, readClusterMeasurements } from "./samples.ts";
import { runTrial } from "./trial.ts";

/** What is to be measured. */
export interface ClusterMeasurements {
  readonly measured: MeasuredCluster;
  /** Only these; all of the cluster's without a value. */
  readonly faults: readonly string[] | undefined;
  readonly repetitions: number | undefined;
}

/** Makes a cluster and does to it what has not been measured yet; an error if it cannot be made. */
export async function measureCluster(wanted: ClusterMeasurements, print: (line: string) => void): Promise<boolean> {
  const waiting = missing(wanted);
  if (waiting.length === 0) return true;
  const { measured } = wanted;
  const say = (line: string): void => print(`${measured.id}: ${line}`);
  requireMachine(measured.kubernetesVersion);
  let done = true;
  let cluster: Cluster | undefined;
  const directory = ownDirectory();
  try {
    for (const [index, { fault, repetition }] of waiting.entries()) {
      cluster ??= await newCluster(wanted, directory, say);
      const reason = fault.skip?.(cluster);
      if (reason !== undefined) continue;
      say(`${index + 1} of ${waiting.length}: ${fault.name}, repetition ${repetition}`);
      try {
        const trial = await runTrial(cluster, fault);
        keepClusterMeasurement({
          cluster: measured.id,
          kubernetesVersion: measured.kubernetesVersion,
          fault: fault.name,
          repetition,
          ...trial,
        });
        const { blackout, failed, twoHolders } = trial.injected;
        say(`${blackout.toFixed(2)} s without an answer, ${failed} failed, ${twoHolders.toFixed(2)} s two holders`);
      } catch (error) {
        done = false;
        say(`not measured: ${error instanceof Error ? error.message : String(error)}`);
        // Another one, so that what this fault left behind is not the next one's.
        await cluster.stop();
        cluster = undefined;
      }
    }
    return done;
  } finally {
    await cluster?.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function newCluster(
  { measured }: ClusterMeasurements,
  directory: string,
  say: (line: string) => void,
): Promise<Cluster> {
  const name = path.basename(directory);
  const cluster = await startCluster({ ...measured, name, directory, say });
  try {
    await foundCluster(cluster, say);
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

interface Missing {
  readonly fault: ClusterFault;
  readonly repetition: number;
}

function missing({ measured, faults, repetitions }: ClusterMeasurements): readonly Missing[] {
  const known = readClusterMeasurements(measured.id);
  const has = (fault: string, repetition: number): boolean =>
    known.some((each) => each.fault === fault && each.repetition === repetition);
  return Array.from({ length: repetitions ?? measured.repetitions }, (_, index) => index + 1).flatMap((repetition) =>
    clusterFaults
      .filter(({ name }) => measured.faults.includes(name) && (faults?.includes(name) ?? true))
      .filter(({ name }) => !has(name, repetition))
      .map((fault) => ({ fault, repetition })),
  );
}
