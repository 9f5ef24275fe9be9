import path from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "vitest";

import { type Result, run, type Space } from "../lab/space.ts";
import { type Form, mustRunCommand, type Preparation, runCommand } from "./preparing.ts";
import { type Tree, treeOf, without } from "./tree.ts";

/** A node of a cluster about which there is nothing to warn. */
export const node: Preparation = {
  file: fileURLToPath(new URL("../../../manifests/keepalived-haproxy/ha.yaml", import.meta.url)),
  node: "cp1",
};

/** The same node with an older version of Kubernetes. */
export const olderNode: Preparation = { ...node, changes: ["--kubernetes-version", "v1.31.14"] };

/** The command that prepares the node below a directory. */
export function prepare(form: Form, root: string, preparation = node): readonly string[] {
  return [...form.command(preparation), "--rootfs", root, "--init"];
}

/** How a run must be refused. */
export interface Refusal {
  readonly status: 1 | 3 | 130;
  /** What its last words are. */
  readonly says: RegExp;
  /** Where it runs; on this machine without a value. */
  readonly space?: Space;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command that must change nothing below a directory, print nothing, and say in one line why. */
export async function expectRefused(argv: readonly string[], root: string, refusal: Refusal): Promise<void> {
  const { space, env } = refusal;
  const before = seen(root, space);
  const result = space === undefined ? await runCommand(argv, env && { env }) : await run(space, argv);
  expectRefusal(result, refusal);
  expect(seen(root, space)).toEqual(before);
}

/** What a refused command printed: nothing on stdout, and on stderr, after warnings, why. */
export function expectRefusal({ status, stdout, stderr }: Result, refusal: Pick<Refusal, "status" | "says">): void {
  expect({ status, stdout, stderr }).toEqual({ status: refusal.status, stdout: "", stderr: expect.anything() });
  const lines = stderr.trimEnd().split("\n");
  const told = lines.filter((line) => !line.startsWith("\t[WARNING "));
  if (refusal.status === 1) {
    expect([told[0], told.at(-1)]).toEqual([
      "[preflight] Some fatal errors occurred:",
      expect.stringContaining("--ignore-preflight-errors"),
    ]);
    expect(told.slice(1, -1)).toContainEqual(expect.stringMatching(refusal.says));
  } else {
    expect(told).toEqual([expect.stringMatching(refusal.says)]);
    expect(told[0]).toMatch(/^error: /);
  }
}

/** What is below a directory of this machine or of a space; the times of files count. */
export function seen(root: string, space?: Space): Tree {
  return treeOf(space === undefined ? root : path.join(`/proc/${space.pid}/root`, root), { times: true });
}

/** What is there without times, and without the lock: for comparing nodes. */
export function outcome(root: string, space?: Space): Tree {
  const tree = treeOf(space === undefined ? root : path.join(`/proc/${space.pid}/root`, root));
  return without(tree, (place) => /^\/run(\/kubeadm-ha(\/lock)?)?$/.test(place));
}

/** Prepares a node as the first thing that happens to a directory. */
export async function prepared(form: Form, root: string, preparation = node): Promise<Tree> {
  await mustRunCommand(prepare(form, root, preparation), form);
  return outcome(root);
}
