import { kubeadmTargets } from "../config/patches.ts";
import type { ClusterSpec } from "../config/spec.ts";
import type { WantedMap } from "./change.ts";

/** Where a node keeps patches. */
export const patchesDirectory = "/etc/kubeadm-ha/patches";

/** Where kubeadm finds the patches for what it writes itself; nothing where there are none for it. */
export function kubeadmPatches({ patches }: ClusterSpec): WantedMap | undefined {
  const own: readonly string[] = kubeadmTargets;
  return patches.some(({ target }) => own.includes(target)) ? { directory: patchesDirectory } : undefined;
}

/** Why it stands there. */
export const patchesComments = {
  patches: "kubeadm takes its own of these files and passes over the others, which are applied already.",
};
