import type { KubernetesVersion } from "../config/kubernetes-version.ts";

/** How `kubeadm init` of a release uses the control-plane endpoint once the API server runs. */
export type VipRace =
  /** It waits up to four minutes for the endpoint. */
  | "awaited"
  /** It asks the local API server first and the endpoint right after it, without a wait. */
  | "immediate"
  /** It asks only the local API server. */
  | "not-needed";

/** Whether the VIP must answer during `kubeadm init`, and how soon. */
export function vipRace(version: KubernetesVersion): VipRace {
  if (version.minor <= 32) return "awaited";
  const patches = endpointPatches[version.minor];
  if (patches === undefined || version.patch >= patches.local) return "not-needed";
  return version.patch >= patches.immediate ? "immediate" : "awaited";
}

/** What is said of a release that goes to the endpoint without a wait. */
export const vipRaceText = "fixed in 1.34.8/1.35.5/1.36.1";

// The first patch that waits for the local API server (kubernetes#134265), and the first that needs no endpoint at all
// (kubernetes#138449). https://github.com/kubernetes/kubeadm/issues/3294
const endpointPatches: Readonly<Record<number, { readonly immediate: number; readonly local: number }>> = {
  33: { immediate: 12, local: 12 },
  34: { immediate: 2, local: 8 },
  35: { immediate: 0, local: 5 },
  36: { immediate: 0, local: 1 },
};
