import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { ExitCode, UserError } from "../../src/errors.ts";
import { lives, processOf, send, type SpaceProcess } from "../../src/rehearse/lab/processes.ts";
import type { Delivery } from "./deliver.ts";
import { clustersDirectory, removeStale } from "./stale.ts";

/** What the keeper tells while the cluster comes up. */
export type Report = { readonly say: string } | { readonly up: true } | { readonly failed: string };

/** What cluster is wanted. */
export interface Wishes {
  /** Names what belongs to it on this machine. */
  readonly name: string;
  readonly kubernetesVersion: string;
  readonly delivery: Delivery;
}

/** The directory of a cluster: what the administrator has, and who keeps it. */
export function clusterDirectory(name: string): string {
  return path.join(clustersDirectory, name);
}

/**
 * Starts a process that makes the cluster and holds it from then on; however that process ends, the
 * kernel ends the cluster. If this one ends before the cluster is up, so does that.
 */
export async function bringUp({ name, kubernetesVersion, delivery }: Wishes, config: string): Promise<void> {
  const directory = clusterDirectory(name);
  if (keeperOf(name) !== undefined)
    throw new UserError(`cluster ${name} is up already: scripts/cluster down --name ${name}`, {
      exitCode: ExitCode.no,
    });
  await takeDown(name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(directory, "ha.yaml"), config);
  const log = openSync(path.join(directory, "keeper.log"), "a", 0o600);
  const words = ["scripts/run-ts.mjs", "scripts/cluster.ts", "keep", "--name", name];
  const wishes = ["--kubernetes-version", kubernetesVersion, "--deliver", delivery];
  const keeper = spawn(process.execPath, [...words, ...wishes], {
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  if (keeper.pid === undefined) throw new Error("the keeper did not start");
  writeFileSync(
    path.join(directory, "keeper.json"),
    JSON.stringify({ pid: keeper.pid, began: processOf(keeper.pid)?.began }),
  );
  await new Promise<void>((resolve, reject) => {
    keeper.on("message", (report: Report) => {
      if ("say" in report) process.stderr.write(`${report.say}\n`);
      else if ("up" in report) resolve();
      else reject(new UserError(report.failed, { exitCode: ExitCode.no }));
    });
    keeper.once("exit", (status) => reject(new Error(`the keeper ended with ${status}: ${directory}/keeper.log`)));
  });
  keeper.disconnect();
  keeper.unref();
}

/** Ends a cluster and removes what is left of it, also when its keeper was killed. */
export async function takeDown(name: string): Promise<void> {
  const keeper = keeperOf(name);
  if (keeper !== undefined) {
    send(keeper.pid, "SIGTERM");
    for (let left = 300; left > 0 && lives(keeper); left -= 1) await sleep(100);
    if (lives(keeper)) send(keeper.pid, "SIGKILL");
  }
  await removeStale();
  rmSync(clusterDirectory(name), { recursive: true, force: true });
}

/** Runs a command on a node with this terminal and returns its status. */
export function enterNode(name: string, node: string, command: readonly string[]): number {
  const script = path.join(clusterDirectory(name), ".bin", `enter-${node}`);
  if (keeperOf(name) === undefined)
    throw new UserError(`cluster ${name} is not up: scripts/cluster up --name ${name} --config FILE`, {
      exitCode: ExitCode.no,
    });
  if (!existsSync(script)) throw new UserError(`cluster ${name} has no node ${node}`);
  return spawnSync(script, command, { stdio: "inherit" }).status ?? ExitCode.environment;
}

function keeperOf(name: string): SpaceProcess | undefined {
  const file = path.join(clusterDirectory(name), "keeper.json");
  if (!existsSync(file)) return undefined;
  const { pid, began } = JSON.parse(readFileSync(file, "utf8")) as { pid: number; began?: string };
  const found = processOf(pid);
  return found?.began === began ? found : undefined;
}
