import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";

import { expect } from "vitest";
import { parse } from "yaml";

import { readState } from "../../../src/plan/read-state.ts";
import { statePath } from "../../../src/plan/state.ts";
import { temporaryDirectory } from "../../support/temporary.ts";
import type { CrashRun } from "../crash/crash.ts";
import { forEachCrashPoint } from "../crash/crash-points.ts";
import { environment, type Result } from "../lab/space.ts";
import { mustRunCommand } from "./preparing.ts";
import { contentOf, isDirectory, type Tree, treeOf } from "./tree.ts";

/** A command that changes the files of a node, and a node on which it does. */
export interface CrashCase {
  /** Makes the node's files below an empty directory. */
  start(root: string): void | Promise<void>;
  /** The command that is killed, and run again after it. */
  argv(root: string): readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** What the command says when there is nothing left to do. */
  settled(result: Result): void;
  /** What else must hold right after a kill. */
  check?(found: Tree, trees: Trees): void;
  /** Another way to go on after a kill, and what it must lead to; with `times` those of files count. */
  readonly otherwise?: {
    argv(root: string): readonly string[];
    readonly times?: boolean;
    check(found: Tree, trees: Trees): void;
  };
  /** Whether a run is killed before this step; before every one without this. */
  kills?(step: number): boolean;
}

/** What the node is like before the command, and after an undisturbed run of it. */
export interface Trees {
  readonly before: Tree;
  readonly after: Tree;
}

/**
 * Kills a command before each of its steps. Every file must then be the old one or the new one, no
 * manifest may name a file that is missing, and the next run must leave what an undisturbed one leaves.
 */
export async function expectCrashSafe(subject: CrashCase): Promise<CrashRun> {
  const top = temporaryDirectory();
  const copy = async (from: string): Promise<string> => {
    const root = mkdtempSync(path.join(top, "run-"));
    await mustRunCommand(["cp", "-a", `${from}/.`, root]);
    return root;
  };
  const start = mkdtempSync(path.join(top, "start-"));
  await subject.start(start);
  const undisturbed = await copy(start);
  await finish(subject, undisturbed);
  const trees = { before: treeOf(start), after: treeOf(undisturbed) };
  const seen = new Set<string>();
  return forEachCrashPoint({
    prepare: () => copy(start),
    command: (root) => ({ argv: subject.argv(root), env: subject.env ?? environment, below: [root] }),
    ...(subject.kills !== undefined && { kills: subject.kills }),
    check: async (root) => {
      const found = treeOf(root);
      expectOldOrNew(found, trees);
      expectKnown(found, trees);
      expectNamedFiles(found);
      subject.check?.(found, trees);
      // Many steps leave the same to the next run: a dot-file's half is as good as its third.
      const kind = JSON.stringify(
        Object.entries(found).map(([place, entry]) => [place, isStaged(place) ? outline(entry) : entry]),
      );
      if (seen.has(kind)) return;
      seen.add(kind);
      const other = subject.otherwise && (await copy(root));
      await finish(subject, root);
      expect(treeOf(root)).toEqual(trees.after);
      if (other === undefined || subject.otherwise === undefined) return;
      await mustRunCommand(subject.otherwise.argv(other), subject);
      subject.otherwise.check(treeOf(other, subject.otherwise), trees);
      rmSync(other, { recursive: true });
    },
    remove: (root) => rmSync(root, { recursive: true }),
  });
}

/** Runs the command, and once more: then there is nothing left to do. */
async function finish(subject: CrashCase, root: string): Promise<void> {
  await mustRunCommand(subject.argv(root), subject);
  const after = treeOf(root, { times: true });
  subject.settled(await mustRunCommand(subject.argv(root), subject));
  expect(treeOf(root, { times: true })).toEqual(after);
}

function expectOldOrNew(found: Tree, { before, after }: Trees): void {
  const places = new Set([...Object.keys(found), ...Object.keys(before), ...Object.keys(after)]);
  const other = [...places].filter((place) => {
    const entry = found[place];
    if (entry === before[place] || entry === after[place]) return false;
    // An empty one that a killed run has made comes and goes.
    if (entry === undefined) return !isDirectory(before[place] ?? "");
    return !isDirectory(entry) && !isStaged(place) && place !== statePath && place !== lock;
  });
  expect(other.map((place) => [place, found[place]])).toEqual([]);
}

// What the state does not know would be somebody else's for the next run.
function expectKnown(found: Tree, { before }: Trees): void {
  const state = found[statePath];
  if (state === undefined || state === before[statePath]) return;
  for (const { path: place, sha256, replaces } of readState(contentOf(state)).files) {
    const entry = found[place];
    if (entry !== undefined) expect([sha256, replaces], place).toContain(hashOf(entry));
  }
}

// A static pod whose files are missing does not start, or starts with directories in their place.
function expectNamedFiles(found: Tree): void {
  for (const [place, entry] of Object.entries(found)) {
    if (!place.startsWith("/etc/kubernetes/manifests/") || isStaged(place)) continue;
    const named = JSON.stringify(parse(contentOf(entry))).match(/\/etc\/kubeadm-ha\/[\w./-]+/g) ?? [];
    expect(
      named.filter((file) => found[file] === undefined),
      place,
    ).toEqual([]);
  }
}

const lock = "/run/kubeadm-ha/lock";

function isStaged(place: string): boolean {
  return /\/\.[^/]+\.new$/.test(place);
}

// Everything but what it holds.
function outline(entry: string): string {
  return `${entry.slice(0, entry.indexOf("\n"))}${contentOf(entry) === "" ? " empty" : ""}`;
}

function hashOf(entry: string): string {
  return createHash("sha256").update(contentOf(entry)).digest("hex");
}
