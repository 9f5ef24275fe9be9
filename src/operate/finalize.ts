import { readFileSync } from "node:fs";
import { join } from "node:path";

import { journalPath } from "../apply/leftovers.ts";
import { takeLock } from "../apply/lock.ts";
import { readNodeState } from "../apply/node-state.ts";
import { newStaging } from "../apply/staging.ts";
import { sha256Of } from "../apply/targets.ts";
import { ExitCode, UserError } from "../errors.ts";
import { environmentFailure, statusOf } from "../host/files.ts";
import { holdSignals } from "../host/interruption.ts";
import type { Io } from "../host/io.ts";
import { runProgram } from "../host/run-program.ts";
import { fileReport } from "../plan/node-messages.ts";
import { type NodeState, statePath, stateText } from "../plan/state.ts";

/** How to finalize. */
export interface FinalizeInput {
  readonly root: string;
  /** Whether to wait until admin.conf may read leases. */
  readonly wait: boolean;
}

/**
 * Moves the first node's kube-vip from super-admin.conf to admin.conf, as finalize.sh does. Running it
 * again changes nothing; it is recorded, so that later runs expect it.
 */
export async function finalize({ root, wait }: FinalizeInput, io: Io): Promise<ExitCode> {
  const path = join(root, manifestPath);
  if (statusOf(path)?.isFile() !== true)
    throw new UserError(`there is no ${manifestPath}: is this the node where kubeadm init ran?`, {
      exitCode: ExitCode.no,
    });
  const lock = await takeLock(root);
  try {
    const before = environmentFailure(`cannot read ${manifestPath}`, () => readFileSync(path, "utf8"));
    const after = before.replaceAll(superAdmin, admin);
    if (after !== before && wait) await waitForRights(root);
    const signals = holdSignals();
    environmentFailure(`cannot write below ${root}`, () => write(root, { before, after }));
    signals.release();
    io.out(`${fileReport("finalize", after === before ? "unchanged" : "Writing", manifestPath)}\n`);
    return ExitCode.ok;
  } finally {
    await lock.release();
  }
}

const manifestPath = "/etc/kubernetes/manifests/kube-vip.yaml";
const superAdmin = "path: /etc/kubernetes/super-admin.conf";
const admin = "path: /etc/kubernetes/admin.conf";

function write(root: string, { before, after }: { readonly before: string; readonly after: string }): void {
  const state = readNodeState(root);
  const staging = newStaging(root);
  const changed = after !== before;
  try {
    if (changed) staging.add(manifestPath, { text: after, mode: 0o600 });
    if (state !== undefined) {
      const hashes = { before: sha256Of(before), after: sha256Of(after) };
      const final = stateText(finalized(state, hashes));
      if (final === stateText(state) && !changed) return;
      staging.add(statePath, { text: final, mode: 0o600 });
      // A journal first: after a crash the next run knows the old manifest and the new one for ours.
      if (changed) {
        staging.add(journalPath, { text: stateText(finalized(state, hashes, "journal")), mode: 0o600 });
        staging.place(journalPath, statePath);
        staging.flush([statePath]);
      }
    }
    if (changed) staging.place(manifestPath);
    staging.flush([manifestPath]);
    if (state !== undefined) staging.place(statePath);
    if (state !== undefined) staging.flush([statePath]);
  } catch (error) {
    staging.discard();
    throw error;
  }
}

// A manifest that somebody changed stays unknown to the state, so that nothing overwrites the change.
function finalized(
  state: NodeState,
  { before, after }: { readonly before: string; readonly after: string },
  when: "journal" | "done" = "done",
): NodeState {
  const files = state.files.map((file) => {
    const { path, mode, sha256, replaces } = file;
    if (path !== manifestPath || ![sha256, replaces].includes(before)) return file;
    return { path, mode, sha256: after, ...(when === "journal" && { replaces: before }) };
  });
  // A node that joined never had super-admin.conf.
  return { ...state, finalized: state.role === "init", files };
}

/** Without the role kube-vip could not renew its lease and would give the virtual IP up. */
async function waitForRights(root: string): Promise<void> {
  const kubeconfig = join(root, "/etc/kubernetes/admin.conf");
  const question = [
    "--kubeconfig",
    kubeconfig,
    "--request-timeout",
    "5s",
    "--namespace",
    "kube-system",
    "get",
    "leases",
  ];
  for (let tries = 60; tries > 0; tries--) {
    const answer = runProgram(["kubectl", ...question]);
    if (answer.state === "missing")
      throw new UserError(
        "there is no kubectl here to ask whether admin.conf has its rights; --no-wait goes on without",
        { exitCode: ExitCode.environment },
      );
    if (answer.status === 0) return;
    if (tries > 1) await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new UserError("/etc/kubernetes/admin.conf may not read leases yet; nothing was changed", {
    exitCode: ExitCode.no,
  });
}
