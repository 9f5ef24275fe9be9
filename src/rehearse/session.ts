import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { ExitCode, UserError } from "../errors.ts";
import { machineSeconds } from "../probe/clock.ts";
import { clientFigures, type ClientFigures, type Window } from "../probe/figures.ts";
import { probeOutputReader } from "../probe/read-output.ts";
import type { ProbeSettings } from "../probe/settings.ts";
import { electionFigures } from "./election.ts";
import { type Lab, type LabOptions, startLab } from "./lab/lab.ts";
import type { ElectionFigures } from "./measurement.ts";
import { createProbeRecord, type ProbeRecord } from "./probe-record.ts";
import type { Scene } from "./scene.ts";

/** A lab with the probe running in it. */
export interface Session {
  readonly lab: Lab;
  /** The machine second at which anything was last wrong or moved; now, while something is wrong. */
  lastDisturbance(): number;
  /** Waits until the outcome of every request that started before this machine second is known. */
  complete(before: number): Promise<void>;
  /** What happened between two machine seconds; asked for after `complete`. */
  figures(window: Window): ClientFigures & ElectionFigures;
  /** The API servers that have answered fresh requests since this machine second. */
  answeredSince(moment: number): ReadonlySet<string>;
  /**
   * Replaces the probe by a new one, which knows nothing of what was before. Kept connections and
   * watches stay where they are for ever: only new ones are spread over all API servers again.
   */
  renewProbe(): void;
  stop(): Promise<void>;
}

export interface SessionOptions extends LabOptions {
  /** Keeps a stream open on which nothing is sent. */
  readonly idleStream: boolean;
}

/** Starts both; that the cluster is steady is not waited for. */
export async function startSession(scene: Scene, options: SessionOptions): Promise<Session> {
  const lab = await startLab(scene, options);
  try {
    let probe = startProbe(lab, options);
    return {
      lab,
      lastDisturbance: () => {
        probe.check();
        return Math.max(probe.record.lastDisturbance(machineSeconds()), lab.ownership.at(-1)?.at ?? -Infinity);
      },
      complete: async (before) => {
        const end = machineSeconds() + longestRequest;
        while (probe.record.completeBefore() < before && machineSeconds() < end) {
          probe.check();
          await sleep(50);
        }
      },
      figures: (window) => {
        probe.check();
        // What was seen before the window tells when a gap began.
        const samples = probe.record.between(-Infinity, window.to);
        return { ...clientFigures(samples, window), ...electionFigures(lab.ownership, window) };
      },
      answeredSince: (moment) => probe.record.answeredSince(moment),
      renewProbe: () => {
        probe.stop();
        probe = startProbe(lab, options);
      },
      stop: async () => {
        probe.stop();
        await lab.stop();
      },
    };
  } catch (error) {
    await lab.stop();
    throw error;
  }
}

// The probe gives up after 5 s; the rest is for a machine that is busy.
const longestRequest = 7;

interface Probe {
  readonly record: ProbeRecord;
  /** That it ended by itself is an error. */
  check(): void;
  stop(): void;
}

function startProbe({ client, scene, nodes }: Lab, { helpers, idleStream }: SessionOptions): Probe {
  const { address, port } = scene.endpoint;
  const settings: ProbeSettings = {
    url: `https://${address.includes(":") ? `[${address}]` : address}:${port}`,
    ca: client.caFile,
    rate: 50,
    kept: 6,
    watches: Math.max(3, nodes.filter(({ programs }) => programs["api-server"] !== undefined).length),
    idle: idleStream,
  };
  const child = client.start([process.execPath, path.join(helpers, "probe.cjs"), JSON.stringify(settings)]);
  const record = createProbeRecord();
  let problem = "";
  let state: "running" | "ended" | "stopped" = "running";
  child.stdout?.setEncoding("utf8").on("data", probeOutputReader(record.listener));
  child.stderr?.on("data", (piece: Buffer) => {
    problem = (problem + String(piece)).slice(-2000);
  });
  // It ends when its input does; by then it may be gone already.
  child.stdin?.on("error", () => {});
  child.once("exit", () => {
    if (state === "running") state = "ended";
  });
  return {
    record,
    check: () => {
      if (state === "ended")
        throw new UserError(`the probe ended: ${problem.trimEnd()}`, { exitCode: ExitCode.environment });
    },
    stop: () => {
      state = "stopped";
      child.stdin?.end();
    },
  };
}
