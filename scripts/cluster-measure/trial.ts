import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

import { controlPlaneNodes } from "../../src/config/spec.ts";
import { machineSeconds } from "../../src/probe/clock.ts";
import { clientFigures } from "../../src/probe/figures.ts";
import { electionFigures } from "../../src/rehearse/election.ts";
import type { PhaseFigures } from "../../src/rehearse/measurement.ts";
import type { Cluster } from "../cluster-lab/cluster.ts";
import type { ClusterFault, FaultContext } from "../cluster-lab/faults/fault.ts";
import { type Clients, watchClients } from "../cluster-lab/measure.ts";
import { mustShell } from "../cluster-lab/node.ts";
import { awaitSteady } from "./steady.ts";

/** What one fault did to clients of a real cluster, and what its repair did. */
export interface Trial {
  readonly injected: PhaseFigures;
  /** Undefined where nobody repairs anything: the kubelet does. */
  readonly repaired: PhaseFigures | undefined;
  /** The load average of the last minute when it began. */
  readonly load: number;
}

/** Injects a fault into a steady cluster, watches clients, repairs it and watches them again. */
export async function runTrial(cluster: Cluster, fault: ClusterFault): Promise<Trial> {
  // A kubelet that restarts waits no longer than for the first time.
  for (const { name } of controlPlaneNodes(cluster.setup.spec))
    await mustShell(cluster.node(name), "systemctl restart kubelet");
  const holder = await awaitSteady(cluster);
  const others = controlPlaneNodes(cluster.setup.spec)
    .filter(({ name }) => name !== holder.name)
    .map(({ name }) => cluster.node(name));
  const context: FaultContext = { cluster, holder, others };
  const load = loadavg()[0] ?? 0;
  const clients = await watchClients(cluster);
  try {
    await until(30, () => machineSeconds() - clients.started > 2 && clients.quietFor() > 2);
    const from = machineSeconds();
    await fault.inject(context);
    const end = from + fault.seconds;
    const goesOn = fault.during?.(context, () => machineSeconds() >= end);
    await until(fault.seconds, () => false);
    await goesOn;
    const injected = await observed(clients, { minimum: 0, limit: fault.repair === undefined ? limit : 0 });
    const repairedFrom = machineSeconds();
    await fault.repair?.(context);
    // What the repair does comes when its programs have started.
    const repaired = fault.repair === undefined ? undefined : await observed(clients, { minimum: 30, limit });
    const figures = phase(cluster, clients);
    return {
      injected: await figures(from, injected),
      repaired: repaired === undefined ? undefined : await figures(repairedFrom, repaired),
      load,
    };
  } finally {
    clients.stop();
  }
}

// Longer than the kubelet's five minutes of back-off would say nothing new.
const limit = 180;

interface Observed {
  readonly end: number;
  readonly settled: boolean;
}

async function observed(
  clients: Clients,
  { minimum, limit: limitSeconds }: { readonly minimum: number; readonly limit: number },
): Promise<Observed> {
  const settled = (): boolean => clients.quietFor() > quiet;
  await until(minimum, () => false);
  await until(limitSeconds, settled);
  return { end: machineSeconds(), settled: settled() };
}

// Two holders, or one that flaps, show within a lease of the slowest preset.
const quiet = 15;

function phase(cluster: Cluster, clients: Clients) {
  return async (from: number, { end, settled }: Observed): Promise<PhaseFigures> => {
    await until(10, () => clients.record.completeBefore() >= end);
    const samples = clients.record.between(-Infinity, end);
    const window = { from, to: end };
    return {
      ...clientFigures(samples, window),
      ...electionFigures(cluster.ownership, window),
      settled,
      seconds: end - from,
    };
  };
}

async function until(limitSeconds: number, done: () => boolean): Promise<void> {
  const end = machineSeconds() + limitSeconds;
  while (!done() && machineSeconds() < end) await sleep(50);
}
