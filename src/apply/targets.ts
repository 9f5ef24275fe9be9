import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { NodeProblem } from "../checks/check.ts";
import { statusOf } from "../host/files.ts";
import type { WantedFile } from "../plan/node-files.ts";
import { foreignFileMessage, type ForeignKind, problemName } from "../plan/node-messages.ts";
import type { NodeState } from "../plan/state.ts";

/** A file of the plan beside what stands in its place. */
export interface Target {
  readonly file: WantedFile;
  readonly sha256: string;
  readonly change: "new" | "unchanged" | "changed";
  /** The hash of what is there now. */
  readonly replaces?: string;
  /** Whether something of somebody else is there that can be saved. */
  readonly foreign: boolean;
}

/** Looks at the place of every file; what is not ours there is a problem. Links are never followed. */
export function inspectTargets(root: string, files: readonly WantedFile[], state: NodeState | undefined): Inspection {
  const foreign: NodeProblem[] = [];
  const impossible: NodeProblem[] = [];
  const targets = files.map((file): Target => {
    const sha256 = sha256Of(file.text);
    const problem = (kind: ForeignKind, replaces?: string): Target => {
      (replaces === undefined ? impossible : foreign).push({
        name: problemName("ForeignFile", file.path),
        severity: "error",
        message: foreignFileMessage(file.path, kind),
      });
      return { file, sha256, change: "new", foreign: replaces !== undefined, ...(replaces && { replaces }) };
    };
    const blocked = blockedParent(root, file.path);
    if (blocked !== undefined) return problem(blocked);
    const status = statusOf(join(root, file.path));
    if (status === undefined) return { file, sha256, change: "new", foreign: false };
    if (status.isSymbolicLink()) return problem("link");
    if (status.isDirectory()) return problem("directory");
    if (!status.isFile()) return problem("special");
    const present = sha256Of(readFileSync(join(root, file.path)));
    const recorded = state?.files.find(({ path }) => path === file.path);
    const ours = present === sha256 || present === recorded?.sha256 || present === recorded?.replaces;
    if (!ours) return problem(recorded === undefined ? "foreign" : "changed", present);
    if (status.uid !== process.getuid?.()) return problem("owner", present);
    const same = present === sha256 && (status.mode & 0o7777) === file.mode;
    return { file, sha256, change: same ? "unchanged" : "changed", replaces: present, foreign: false };
  });
  return { targets, foreign, impossible };
}

/** What stands where files of the plan belong. */
export interface Inspection {
  readonly targets: readonly Target[];
  /** Files that are not ours, or not any more: --adopt keeps them. */
  readonly foreign: readonly NodeProblem[];
  /** What no option can solve. */
  readonly impossible: readonly NodeProblem[];
}

/** Hash of a text or of bytes, in hexadecimal. */
export function sha256Of(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

// A link in our own room, or anywhere below another root, could lead our files out of it.
function blockedParent(root: string, path: string): ForeignKind | undefined {
  for (let parent = dirname(path); parent !== "/"; parent = dirname(parent)) {
    const status = statusOf(join(root, parent));
    if (status === undefined || status.isDirectory()) continue;
    if (!status.isSymbolicLink()) return "parent";
    if (root !== "/" || parent.startsWith("/etc/kubeadm-ha")) return "parent-link";
  }
  return undefined;
}
