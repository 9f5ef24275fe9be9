import { readFileSync } from "node:fs";
import { join } from "node:path";

import { environmentFailure, readTextIfExists, statusOf } from "../host/files.ts";
import { readState } from "../plan/read-state.ts";
import { type NodeState, statePath } from "../plan/state.ts";
import { sha256Of } from "./targets.ts";

/** What an earlier run left below the root, if there was one. */
export function readNodeState(root: string): NodeState | undefined {
  const text = environmentFailure(`cannot read ${statePath}`, () => readTextIfExists(join(root, statePath)));
  return text === undefined ? undefined : readState(text);
}

/** Whether somebody changed a file of ours since we wrote it. */
export function isChangedByHand(root: string, path: string, state: NodeState | undefined): boolean {
  const recorded = state?.files.find((file) => file.path === path);
  if (statusOf(join(root, path)) === undefined) return false;
  if (statusOf(join(root, path))?.isFile() !== true) return true;
  const present = sha256Of(readFileSync(join(root, path)));
  return present !== recorded?.sha256 && present !== recorded?.replaces;
}

/**
 * Whether `finalize` has run in the cluster that the node is in. After kubeadm reset, which leaves neither
 * file, the next kubeadm init needs super-admin.conf again.
 */
export function isFinalized(root: string, state: NodeState | undefined): boolean {
  const ofThisCluster = ["/etc/kubernetes/kubelet.conf", "/etc/kubernetes/manifests/kube-vip.yaml"];
  return state?.finalized === true && ofThisCluster.some((path) => statusOf(join(root, path)) !== undefined);
}
