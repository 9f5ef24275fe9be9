import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { machineSeconds } from "../../src/probe/clock.ts";
import { clientFigures, type ClientFigures } from "../../src/probe/figures.ts";
import { probeOutputReader } from "../../src/probe/read-output.ts";
import type { RequestSample } from "../../src/probe/sample.ts";
import type { ProbeSettings } from "../../src/probe/settings.ts";
import { createProbeRecord, type ProbeRecord } from "../../src/rehearse/probe-record.ts";
import { enter, write } from "../../src/rehearse/lab/space.ts";
import type { Cluster } from "./cluster.ts";
import { mustShell } from "./node.ts";

/**
 * What clients notice of what is done to a cluster: requests at a steady rate, each on a connection of its
 * own, from before the action until nothing has failed for `quietSeconds`, or the limit has passed.
 */
export async function clientsDuring(
  cluster: Cluster,
  action: () => Promise<unknown>,
  { quietSeconds = 5, limitSeconds = 120 } = {},
): Promise<Noticed> {
  const probe = await watchClients(cluster);
  try {
    await until(5, () => machineSeconds() - probe.started > 1 && probe.quietFor() > 1);
    const from = machineSeconds();
    await action();
    const end = machineSeconds();
    await until(limitSeconds, () => machineSeconds() - end > quietSeconds && probe.quietFor() > quietSeconds);
    const to = machineSeconds();
    await until(7, () => probe.record.completeBefore() >= to);
    const samples = probe.record.between(-Infinity, to);
    const failures = samples.filter((sample): sample is RequestSample => sample.kind === "fresh" && sample.end >= from);
    return {
      ...clientFigures(samples, { from, to }),
      failures: failures
        .filter(({ outcome }) => outcome !== "answered")
        .map(({ start, end, outcome }) => ({ start: start - from, end: end - from, outcome })),
    };
  } finally {
    probe.stop();
  }
}

/** What clients noticed, and every request that failed, in seconds from the action's begin. */
export interface Noticed extends ClientFigures {
  readonly failures: readonly Pick<RequestSample, "start" | "end" | "outcome">[];
}

/** The probe on the client, at work. */
export interface Clients {
  readonly record: ProbeRecord;
  /** Machine second at which it began. */
  readonly started: number;
  /** Seconds since anything was last wrong. */
  quietFor(): number;
  stop(): void;
}

/** Starts clients at the endpoint: requests at a steady rate, each on a connection of its own. */
export async function watchClients(cluster: Cluster): Promise<Clients> {
  const { client, setup, nodes } = cluster;
  const helper = path.resolve("dist/probe.cjs");
  if (!existsSync(helper)) throw new Error(`${helper} is missing: node scripts/build.mjs --program-only`);
  write(client, { path: caFile, text: await mustShell(nodes[0] ?? missing(), "cat /etc/kubernetes/pki/ca.crt") });
  const host = setup.virtualIPs[0] ?? missing();
  const settings: ProbeSettings = {
    url: `https://${host.includes(":") ? `[${host}]` : host}:${setup.spec.endpoint.port}`,
    ca: `/proc/${client.pid}/root${caFile}`,
    rate: 20,
    kept: 0,
    watches: 0,
    idle: false,
  };
  // The helper is no part of the client, so it sees this machine's files.
  const child = enter(client, ["--net", "--uts", "--pid"], [process.execPath, helper, JSON.stringify(settings)]);
  const record = createProbeRecord();
  child.stdout?.setEncoding("utf8").on("data", probeOutputReader(record.listener));
  child.stdin?.on("error", () => {});
  return {
    record,
    started: machineSeconds(),
    quietFor: () => machineSeconds() - record.lastDisturbance(machineSeconds()),
    stop: () => void child.stdin?.end(),
  };
}

const caFile = "/run/ca.crt";

function missing(): never {
  throw new Error("the cluster has no node or no virtual IP");
}

async function until(limitSeconds: number, done: () => boolean): Promise<void> {
  const end = machineSeconds() + limitSeconds;
  while (!done() && machineSeconds() < end) await sleep(50);
}
