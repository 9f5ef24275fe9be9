import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { compactScript, type GivenFile, givenFiles } from "../../../src/formats/script/compact.ts";
import { makePlan } from "../../../src/plan/make-plan.ts";
import type { Cluster } from "./clusters.ts";
import { newDirectory } from "./directory.ts";
import { loaded } from "./spec.ts";
import { type Outcome, runScript, type ShellName } from "./trial.ts";

/** What boots with user data. */
export interface Booted {
  readonly root: string;
  run(shell: ShellName, path?: string, change?: (script: string) => string): Promise<Outcome>;
}

/** A machine whose own means have just brought the files. */
export function booted(
  cluster: Cluster,
  name: string,
  brought: (files: readonly GivenFile[]) => readonly GivenFile[] = (files) => files,
): Booted {
  const root = installedSystem();
  const { script, files } = userData(cluster, name);
  for (const { path, mode, text } of brought(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  }
  // Whether anybody answers is this machine's network otherwise.
  const path = `${curlThatEnds(7)}:${process.env["PATH"] ?? ""}`;
  const run: Booted["run"] = (shell, answered = path, change = (text) => text) =>
    runScript(shell, change(script), { argv: [root], path: answered });
  return { root, run };
}

/** What every system has that boots with user data. */
export function installedSystem(): string {
  const root = newDirectory();
  for (const place of ["etc/systemd/system", "etc/tmpfiles.d", "run"])
    mkdirSync(join(root, place), { recursive: true });
  return root;
}

/** A directory for PATH with a curl that ends so at once. */
export function curlThatEnds(status: number): string {
  const directory = newDirectory();
  writeFileSync(join(directory, "curl"), `#!/bin/sh\nexit ${status}\n`, { mode: 0o755 });
  return directory;
}

/** The script and the files of a node. */
export function userData(cluster: Cluster, name: string): { script: string; files: readonly GivenFile[] } {
  const { spec, savedConfiguration } = loaded(cluster);
  const node = makePlan(spec, { savedConfiguration: savedConfiguration() }).nodes.find((node) => node.name === name);
  if (node === undefined) throw new Error(`no node ${name}`);
  return { script: compactScript({ spec, node, product: __VERSION__ }), files: givenFiles(node) };
}

declare const __VERSION__: string;
