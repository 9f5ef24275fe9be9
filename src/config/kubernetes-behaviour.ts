import type { KubernetesVersion } from "./kubernetes-version.ts";

export type ApiVersion = "v1beta3" | "v1beta4";

/** What one minor of Kubernetes does differently from its neighbours, as far as a generator must know. */
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
  /** Whether AuthenticationConfiguration may allow anonymous requests by path (KEP-4633), without a feature gate. */
  readonly anonymousPaths: boolean;
}

/** The behaviour of a release; a minor newer than all known ones is taken for the newest, an older one for the oldest. */
export function behaviour(version: KubernetesVersion): Behaviour {
  const minor = Math.min(Math.max(version.minor, oldestMinor), newestMinor);
  const row = rows.find((candidate) => candidate.minor === minor);
  if (row === undefined) throw new Error(`no row for Kubernetes 1.${minor}`);
  return row;
}

/** The first and the last minor whose row passes a test. */
export function minorsWhere(test: (row: Behaviour) => boolean): { readonly first: number; readonly last: number } {
  const minors = rows.filter(test).map(({ minor }) => minor);
  return { first: Math.min(...minors), last: Math.max(...minors) };
}

const old = {
  apiVersion: "v1beta3",
  accepts: ["v1beta3"],
  deprecates: [],
  superAdmin: true,
  hostAliasesWork: false,
  ecdsaP384: false,
  httpEndpoints: false,
  anonymousPaths: false,
} as const;
const both = { ...old, apiVersion: "v1beta4", accepts: ["v1beta3", "v1beta4"], deprecates: ["v1beta3"] } as const;
const since32 = { ...both, hostAliasesWork: true, anonymousPaths: true } as const;
const since35 = { ...since32, ecdsaP384: true, httpEndpoints: true } as const;

// https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/ and the release notes of each minor.
const rows: readonly Behaviour[] = [
  { ...old, minor: 28, superAdmin: false },
  { ...old, minor: 29 },
  { ...old, minor: 30 },
  { ...both, minor: 31 },
  { ...since32, minor: 32 },
  { ...since32, minor: 33 },
  { ...since32, minor: 34, ecdsaP384: true },
  { ...since35, minor: 35 },
  { ...since35, minor: 36 },
  { ...since35, minor: 37, accepts: ["v1beta4"], deprecates: [] },
];

/** The oldest minor with a row of its own. */
export const oldestMinor = 28;
/** The newest minor with a row of its own. */
export const newestMinor = 37;
