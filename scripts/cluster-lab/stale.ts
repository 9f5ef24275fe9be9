import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

import { processOf } from "../../src/rehearse/lab/processes.ts";
import { removeStaleCgroups } from "./cgroups.ts";
import { cache } from "./programs.ts";

/** Where every cluster has its directory. */
export const clustersDirectory = path.join(cache, "clusters");

/** A directory for a cluster that lives no longer than this process. */
export function ownDirectory(): string {
  mkdirSync(clustersDirectory, { recursive: true, mode: 0o700 });
  return mkdtempSync(path.join(clustersDirectory, `own.${process.pid}.`));
}

/** Removes what processes left that were killed: the kernel has ended their machines, not their directories. */
export async function removeStale(): Promise<void> {
  await removeStaleCgroups();
  for (const name of existsSync(clustersDirectory) ? readdirSync(clustersDirectory) : []) {
    const [, pid] = /^own\.(\d+)\./.exec(name) ?? [];
    if (pid !== undefined && processOf(Number(pid)) === undefined)
      rmSync(path.join(clustersDirectory, name), { recursive: true, force: true });
  }
}
