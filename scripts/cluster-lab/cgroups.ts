import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { processOf } from "../../src/rehearse/lab/processes.ts";

/** Where every lab has its control groups, in each hierarchy of this machine. */
const folder = "kubeadm-ha-cluster";

/** Makes a node's control group in every hierarchy and returns their directories. */
export function makeCgroups(cluster: string, node: string): readonly string[] {
  return hierarchies().map((root) => {
    let directory = root;
    for (const part of [folder, owned(cluster), node]) {
      directory = path.join(directory, part);
      mkdirSync(directory, { recursive: true });
      inherit(directory);
    }
    return directory;
  });
}

/** Removes those of a cluster of this process; what is just ending keeps them for a moment. */
export function removeCgroups(cluster: string): Promise<void> {
  return remove(owned(cluster));
}

/** Removes those of processes that have ended without doing so. */
export async function removeStaleCgroups(): Promise<void> {
  const names = new Set(
    hierarchies().flatMap((root) => children(path.join(root, folder)).map((each) => path.basename(each))),
  );
  for (const name of names) if (processOf(Number(/\d+$/.exec(name)?.[0])) === undefined) await remove(name);
}

async function remove(name: string): Promise<void> {
  for (const root of hierarchies()) await removeTree(path.join(root, folder, name), 200);
  for (const root of hierarchies()) removeEmpty(path.join(root, folder));
}

// Whoever comes later can tell whose they are.
function owned(cluster: string): string {
  return `${cluster}.${process.pid}`;
}

/** Mount points of the control group hierarchies. */
export function hierarchies(): readonly string[] {
  const mounts = lines("/proc/self/mounts").map((line) => line.split(" "));
  return mounts.flatMap(([, place = "", type = ""]) => (/^cgroup2?$/.test(type) ? [place] : []));
}

// A new cpuset of version 1 has no processors, and then nothing may join it.
function inherit(directory: string): void {
  for (const file of ["cpuset.cpus", "cpuset.mems"]) {
    const own = path.join(directory, file);
    if (!existsSync(own) || readFileSync(own, "utf8").trim() !== "") continue;
    writeFileSync(own, readFileSync(path.join(directory, "..", file), "utf8"));
  }
}

async function removeTree(directory: string, tries: number): Promise<void> {
  if (!existsSync(directory)) return;
  for (const child of children(directory)) await removeTree(child, tries);
  for (let left = tries; left > 0; left -= 1) {
    if (removeEmpty(directory)) return;
    await sleep(50);
  }
  throw new Error(`${directory} still has processes: ${lines(path.join(directory, "cgroup.procs")).join(" ")}`);
}

function removeEmpty(directory: string): boolean {
  try {
    rmdirSync(directory);
  } catch {
    return !existsSync(directory);
  }
  return true;
}

function children(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(directory, name));
}

function lines(file: string): readonly string[] {
  return existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
    : [];
}
