import { newestMinor } from "../config/kubernetes-behaviour.ts";
import type { KubernetesVersion } from "../config/kubernetes-version.ts";
import type { Saying } from "./schema/field.ts";

/** What is wrong with a feature gate for a release, if anything. */
export function gateSaying(gate: string, { minor, text }: KubernetesVersion): Saying | undefined {
  const valid = gateIsValid(gate, minor);
  if (valid === true) return undefined;
  const known = valid === undefined ? "" : `; ${gateMinors(gate)} know it`;
  return {
    // Of a release newer than our table a gate may be new.
    severity: valid === undefined && minor > newestMinor ? "warning" : "error",
    message: `kubeadm ${text} does not know the gate ${gate}${known}`,
    remedy: valid === undefined ? `remove it; kubeadm ${text} knows ${validGates(minor).join(", ")}` : "remove it",
  };
}

/** Whether a kubeadm of this minor knows a feature gate; undefined when we do not know the gate at all. */
export function gateIsValid(gate: string, minor: number): boolean | undefined {
  const span = gates[gate];
  return span === undefined ? undefined : minor >= span.first && minor <= span.last;
}

// For a message: "1.31 to 1.35".
function gateMinors(gate: string): string {
  const span = gates[gate];
  if (span === undefined) return "no minor";
  return span.last === Infinity ? `1.${span.first} and later` : `1.${span.first} to 1.${span.last}`;
}

function validGates(minor: number): readonly string[] {
  return Object.keys(gates).filter((gate) => gateIsValid(gate, minor) === true);
}

// kubeadm refuses a gate it does not know: "X is not a valid feature name." Compared with `kubeadm init --help` of
// v1.30.4, v1.31.0, v1.34.10, v1.36.3 and v1.37.0.
// https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/features/features.go
const gates: Readonly<Record<string, { readonly first: number; readonly last: number }>> = {
  ControlPlaneKubeletLocalMode: { first: 31, last: 35 },
  EtcdLearnerMode: { first: 27, last: 32 },
  NodeLocalCRISocket: { first: 32, last: 36 },
  PublicKeysECDSA: { first: 19, last: 36 },
  RootlessControlPlane: { first: 22, last: Infinity },
  UpgradeAddonsBeforeControlPlane: { first: 28, last: 30 },
  WaitForAllControlPlaneComponents: { first: 30, last: 34 },
};
