import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { cp } from "node:fs/promises";
import path from "node:path";

import { expect } from "vitest";
import { parse } from "yaml";

import { temporaryDirectory } from "../../support/temporary.ts";
import type { CrashRun } from "../crash/crash.ts";
import { forEachCrashPoint } from "../crash/crash-points.ts";
import { collect } from "../lab/process.ts";
import { environment, type Result } from "../lab/space.ts";
import { contentOf, isDirectory, type Tree, treeOf } from "./tree.ts";

/** A command that changes the files of a node, and a node on which it does. */
export interface CrashCase {
  /** Makes the node's files below an empty directory. */
  start(root: string): void | Promise<void>;
  /** The command that is killed, and run again after it. */
  argv(root: string): readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** What it says in the end, when there is nothing more to do. */
  settled(result: Result): void;
  /** A command that undoes what was cut short: it leaves the tree of the start. */
  back?(root: string): readonly string[];
  /** What else must hold right after a kill. */
  check?(found: Tree, trees: Trees): void;
  /** Kills only before these steps. */
  kills?(step: number): boolean;
}

/** What the node is like before the command and after an undisturbed run of it. */
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
  const template = mkdtempSync(path.join(top, "start-"));
  await subject.start(template);
  const trees = { before: treeOf(template), after: {} as Tree };
  const copy = async (from: string): Promise<string> => {
    const root = mkdtempSync(path.join(top, "run-"));
    // With modes and times, but not owners, for which there is no option.
    await run(["cp", "-a", `${from}/.`, root]);
    return root;
  };
  const undisturbed = await copy(template);
  await succeed(subject, subject.argv(undisturbed));
  trees.after = treeOf(undisturbed);
  await expectSettled(subject, undisturbed, trees.after);
  const seen = new Set<string>();
  return forEachCrashPoint({
    prepare: () => copy(template),
    command: (root) => ({ argv: subject.argv(root), env: subject.env ?? environment, below: [root] }),
    ...(subject.kills !== undefined && { kills: subject.kills }),
    check: async (root) => {
      const found = treeOf(root);
      expectOldOrNew(found, trees);
      subject.check?.(found, trees);
      // Many steps, such as writes to a dot-file, leave what is the same for the next run.
      const kind = JSON.stringify(Object.entries(found).map(([place, entry]) => [place, isStaged(place) ? staged(entry) : entry]));
      if (seen.has(kind)) return;
      seen.add(kind);
      const other = subject.back === undefined ? undefined : await copy(root);
      await succeed(subject, subject.argv(root));
      expect(treeOf(root)).toEqual(trees.after);
      await expectSettled(subject, root, trees.after);
      if (other === undefined || subject.back === undefined) return;
      await succeed(subject, subject.back(other));
      expect(withoutTraces(treeOf(other))).toEqual(withoutTraces(trees.before));
      rmSync(other, { recursive: true });
    },
    remove: (root) => rmSync(root, { recursive: true }),
  });
}
