import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Cluster } from "./cluster.ts";
import type { Result } from "../../src/rehearse/lab/space.ts";
import { delivered, type Delivery } from "./deliver.ts";
import { withIgnoredChecks } from "./preflight.ts";
import { type RunbookStep, runbookSteps } from "./runbook.ts";

/** A line of the runbook that was typed, and what came of it. */
export interface Typed extends RunbookStep, Result {
  readonly seconds: number;
}

export interface FoundOptions {
  readonly delivery?: Delivery;
  /** Steps that the caller takes itself, later. */
  leaveOut?(step: RunbookStep): boolean;
}

/**
 * Makes a cluster of the machines: renders, and types what the runbook says, literally. The first
 * line that fails is an error that shows it.
 */
export async function foundCluster(
  cluster: Cluster,
  say: (line: string) => void,
  { delivery = "script", leaveOut = () => false }: FoundOptions = {},
): Promise<readonly Typed[]> {
  const { laptop, setup } = cluster;
  const render = `kubeadm-ha render --config ha.yaml --kubernetes-version ${setup.spec.kubernetesVersion.text} -o out`;
  const typed = [await type(cluster, { machine: "laptop", command: render })];
  const runbook = readFileSync(path.join(laptop.directory, "out/RUNBOOK.md"), "utf8");
  const steps = runbookSteps(runbook).flatMap((step) => delivered(step, delivery));
  for (const step of steps.filter((each) => !leaveOut(each))) {
    const done = await type(cluster, step);
    typed.push(done);
    say(`${done.seconds.toFixed(1)} s  ${step.machine}: ${step.command}`);
  }
  writeFileSync(path.join(laptop.directory, "transcript.txt"), typed.map(transcript).join("\n"), { mode: 0o600 });
  return typed;
}

/** Types one line at its machine. */
async function type(cluster: Cluster, step: RunbookStep): Promise<Typed> {
  const started = performance.now();
  const { machine, command } = step;
  const line = withIgnoredChecks(command, cluster.setup.spec.kubernetesVersion.minor);
  const result = machine === "laptop" ? await cluster.laptop.type(line) : await cluster.node(machine).shell(line);
  const typed = { ...step, ...result, seconds: (performance.now() - started) / 1000 };
  if (result.status !== 0) {
    const log = machine === "laptop" ? "" : `\n${cluster.node(machine).log()}`;
    throw new Error(`failed on ${machine}, with ${result.status}:\n${transcript(typed)}${log}`);
  }
  return typed;
}

function transcript({ machine, command, stdout, stderr }: Typed): string {
  return `${machine}: ${command}\n${stdout}${stderr}`;
}
