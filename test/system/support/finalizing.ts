import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";

import { builtProgram, root as checkout } from "../../support/built.ts";
import { temporaryDirectory } from "../../support/temporary.ts";
import { environment, type Result } from "../lab/space.ts";
import { copyRoot } from "./debian-root.ts";
import { type Form, mustRunCommand, type Preparation, program, runCommand } from "./preparing.ts";

export const manifest = "/etc/kubernetes/manifests/kube-vip.yaml";
export const state = "/etc/kubeadm-ha/state.json";

/** The command in TypeScript, and the script in three shells. */
export const finalizers: Readonly<Record<Finalizer, (root: string) => readonly string[]>> = {
  "kubeadm-ha finalize": () => [process.execPath, builtProgram, "finalize"],
  "finalize.sh in dash": (root: string) => ["dash", path.join(root, script)],
  "finalize.sh in bash": (root: string) => ["bash", "--posix", path.join(root, script)],
  "finalize.sh in busybox sh": (root: string) => ["busybox", "sh", path.join(root, script)],
};

export type Finalizer =
  | "kubeadm-ha finalize"
  | "finalize.sh in dash"
  | "finalize.sh in bash"
  | "finalize.sh in busybox sh";
export const finalizerNames = Object.keys(finalizers) as readonly Finalizer[];

const script = "/etc/kubeadm-ha/finalize.sh";

/** An example for a release of Kubernetes. */
export function kubeVip(version: string, ...changes: readonly string[]): Preparation {
  const file = path.join(checkout, "manifests/kube-vip/ha.yaml");
  return { file, node: "cp1", changes: ["--kubernetes-version", version, ...changes] };
}

/** A root that was prepared as the first node, and more of the same. */
export async function preparedNode(preparation: Preparation, form: Form = program): Promise<() => Promise<string>> {
  const top = temporaryDirectory();
  const first = mkdtempSync(path.join(top, "root-"));
  await mustRunCommand([...form.command(preparation), "--rootfs", first, "--init"], { env: form.env });
  return async () => {
    const root = mkdtempSync(path.join(top, "root-"));
    await copyRoot(first, root);
    return root;
  };
}

export interface FinalizeOptions {
  /** In place of kubectl; lines of a shell script. */
  readonly kubectl?: string;
  /** In place of sleep. */
  readonly sleep?: string;
  readonly umask?: string;
}

/** Finalizes a root, by a program that finds stubs before the real ones. */
export function finalize(
  how: Finalizer,
  root: string,
  options: readonly string[],
  { kubectl, sleep, umask = "022" }: FinalizeOptions = {},
): Promise<Result> {
  const directory = temporaryDirectory();
  if (sleep !== undefined) stub(directory, "sleep", sleep);
  if (kubectl !== undefined) stub(directory, "kubectl", kubectl);
  const argv = [...finalizers[how](root), "--rootfs", root, ...options];
  const env = { ...environment, PATH: `${directory}:${environment["PATH"]}` };
  return runCommand(["sh", "-c", 'umask "$0"; exec "$@"', umask, ...argv], { env });
}

/** A program in a directory for PATH. */
export function stub(directory: string, name: string, lines: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, name), `#!/bin/sh\n${lines}\n`);
  chmodSync(path.join(directory, name), 0o755);
}
