import type { KubernetesVersion } from "../config/kubernetes-version.ts";

export type ApiVersion = "v1beta3" | "v1beta4";

/** What one minor of kubeadm does differently from its neighbours, as far as a generator must know. */
export interface Behaviour {
  readonly minor: number;
  /** The version of kubeadm's configuration that we write. */
  readonly apiVersion: ApiVersion;
  readonly accepts: readonly ApiVersion[];
  /** Accepted with a warning; gone soon. */
  readonly deprecates: readonly ApiVersion[];
  /** Whether init writes super-admin.conf and admin.conf has no rights until late. */
  readonly superAdmin: boolean;
  /** Whether kubelet mounts hostAliases into host-network static pods from the start (kubernetes#126460). */
  readonly hostAliasesWork: boolean;
  /** Whether encryptionAlgorithm may be ECDSA-P384 (kubernetes#131677). */
  readonly ecdsaP384: boolean;
  /** Whether etcd.external has httpEndpoints (kubernetes#134890). */
  readonly httpEndpoints: boolean;
}

/** The behaviour of a release; a minor newer than all known ones is taken for the newest, an older one for the oldest. */
export function behaviour(version: KubernetesVersion): Behaviour {
  const minor = Math.min(Math.max(version.minor, oldestMinor), newestMinor);
  const row = rows.find((candidate) => candidate.minor === minor);
  if (row === undefined) throw new Error(`no row for Kubernetes 1.${minor}`);
  return row;
}

const old = {
  apiVersion: "v1beta3",
  accepts: ["v1beta3"],
  deprecates: [],
  superAdmin: true,
  hostAliasesWork: false,
  ecdsaP384: false,
  httpEndpoints: false,
} as const;
const both = { ...old, apiVersion: "v1beta4", accepts: ["v1beta3", "v1beta4"], deprecates: ["v1beta3"] } as const;

// https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/ and the release notes of each minor.
const rows: readonly Behaviour[] = [
  { ...old, minor: 28, superAdmin: false },
  { ...old, minor: 29 },
  { ...old, minor: 30 },
  { ...both, minor: 31 },
  { ...both, minor: 32, hostAliasesWork: true },
  { ...both, minor: 33, hostAliasesWork: true },
  { ...both, minor: 34, hostAliasesWork: true, ecdsaP384: true },
  { ...both, minor: 35, hostAliasesWork: true, ecdsaP384: true, httpEndpoints: true },
  { ...both, minor: 36, hostAliasesWork: true, ecdsaP384: true, httpEndpoints: true },
  {
    ...both,
    minor: 37,
    accepts: ["v1beta4"],
    deprecates: [],
    hostAliasesWork: true,
    ecdsaP384: true,
    httpEndpoints: true,
  },
];

/** The oldest minor with a row of its own. */
export const oldestMinor = 28;
/** The newest minor with a row of its own. */
export const newestMinor = 37;

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

// The first patch that waits for the local API server (kubernetes#134265), and the first that needs no endpoint at all
// (kubernetes#138449). https://github.com/kubernetes/kubeadm/issues/3294
const endpointPatches: Readonly<Record<number, { readonly immediate: number; readonly local: number }>> = {
  33: { immediate: 12, local: 12 },
  34: { immediate: 2, local: 8 },
  35: { immediate: 0, local: 5 },
  36: { immediate: 0, local: 1 },
};
