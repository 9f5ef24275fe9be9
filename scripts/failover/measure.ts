import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { inTurns } from "./in-turns.ts";
import type { Configuration, Rehearsal } from "./configurations.ts";
import { samplesFile } from "./samples.ts";

/** How a round of measurements ended: everything was measured, some could not be, or somebody stopped it. */
export type Outcome = "done" | "failed" | "interrupted";

/** Rehearses what has not been measured yet, at most so many at once. */
export async function measure(configurations: readonly Configuration[], atOnce: number): Promise<Outcome> {
  const running = new Set<ChildProcess>();
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    for (const child of running) child.kill("SIGINT");
  };
  for (const name of signals) process.on(name, stop);
  const run = async (configuration: Configuration, alone: boolean): Promise<boolean> => {
    let done = true;
    for (const rehearsal of configuration.rehearsals.filter((each) => each.alone === alone)) {
      if (stopped) return false;
      done = (await rehearse({ configuration, rehearsal, running })) && done;
    }
    return done;
  };
  // A configuration's rehearsals share one file of samples, so they follow each other.
  const shared = await inTurns(configurations, atOnce, (configuration) => run(configuration, false));
  const single = await inTurns(configurations, 1, (configuration) => run(configuration, true));
  for (const name of signals) process.off(name, stop);
  if (stopped) return "interrupted";
  return shared && single ? "done" : "failed";
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

interface Call {
  readonly configuration: Configuration;
  readonly rehearsal: Rehearsal;
  readonly running: Set<ChildProcess>;
}

async function rehearse({ configuration, rehearsal, running }: Call): Promise<boolean> {
  const argv = rehearsalArguments(configuration, rehearsal);
  const say = (text: string): void => void process.stderr.write(`[${configuration.id}] ${text}\n`);
  say(`kubeadm-ha ${argv.join(" ")}`);
  // The answer is made anew from the samples, of all rehearsals together. A terminal's Ctrl-C comes to us alone.
  const child = spawn(process.execPath, ["dist/kubeadm-ha.cjs", ...argv], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  running.add(child);
  createInterface({ input: child.stderr }).on("line", say);
  const code = await new Promise<number>((resolve) => child.on("close", (status) => resolve(status ?? 3)));
  running.delete(child);
  if (code !== 0) say(`ended with ${code}`);
  return code === 0;
}

/** How a rehearsal is called. */
export function rehearsalArguments(
  { id, form, files }: Configuration,
  { faults, holder, repetitions }: Rehearsal,
): readonly string[] {
  const flags = {
    as: form,
    holder,
    repetitions: String(repetitions),
    faults: faults.join(","),
    samples: samplesFile(id),
  };
  return ["rehearse", ...files, ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value])];
}
