import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Tree } from "../../system/support/tree.ts";
import type { Agreement } from "./trial.ts";

/** Puts a file on a machine, and the directories above it. */
export function put(path: string, text: string, mode = 0o644): (root: string) => void {
  return (root) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  };
}

/** What kubeadm leaves on a machine that is in a cluster. */
export const makeMember = put("/etc/kubernetes/kubelet.conf", "kind: Config\n", 0o600);

/** The files whose bytes, mode or existence a run changed, without its own records. */
export function changedFiles({ before, tree }: Agreement): readonly string[] {
  return differences(before, tree).filter((path) => path !== "/etc/kubeadm-ha/state.json");
}

/** The paths at which two trees differ. */
export function differences(a: Tree, b: Tree): readonly string[] {
  return Object.keys({ ...a, ...b })
    .filter((path) => a[path] !== b[path])
    .toSorted();
}

/** Modes by path. */
export function modesOf(tree: Tree): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree).map(([path, entry]) => [path, entry.split(" ")[1] ?? ""]));
}

/** The modes that the files and directories of a tree must have. */
export function expectedModes(tree: Tree): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree).map(([path, entry]) => [path, expectedMode(path, entry)]));
}

function expectedMode(path: string, entry: string): string {
  const closed = /^\/etc\/kubernetes\/manifests|^\/run\/kubeadm-ha/.test(path);
  if (entry.startsWith("directory")) return closed ? "700" : "755";
  if (path.endsWith(".sh")) return "755";
  return closed || /\/(kubeadm|ha)\.yaml$|\/state\.json$/.test(path) ? "600" : "644";
}
