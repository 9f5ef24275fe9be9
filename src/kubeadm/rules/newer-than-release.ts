import { behaviour, minorsWhere } from "../../config/kubernetes-behaviour.ts";
import type { Problem } from "../../config/rule.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { placeOf, problemAt } from "./at.ts";

/** What came within an apiVersion: the document looks right, but this release does not know it yet. */
export function newerThanRelease(spec: ClusterSpec): readonly Problem[] {
  return [...encryption(spec), ...httpEndpoints(spec)];
}

function encryption(spec: ClusterSpec): readonly Problem[] {
  const place = placeOf(spec, "ClusterConfiguration", ["encryptionAlgorithm"]);
  if (place === undefined || place.value === "") return [];
  const { ecdsaP384 } = behaviour(spec.kubernetesVersion);
  const known = ["RSA-2048", "RSA-3072", "RSA-4096", "ECDSA-P256", ...(ecdsaP384 ? ["ECDSA-P384"] : [])];
  if (known.some((algorithm) => algorithm === place.value)) return [];
  const { first } = minorsWhere((row) => row.ecdsaP384);
  const newer = place.value === "ECDSA-P384" ? `, or use Kubernetes 1.${first} or newer` : "";
  const message = `kubeadm ${spec.kubernetesVersion.text} does not know ${String(place.value)} and refuses the document`;
  return [problemAt(place, { severity: "error", message, remedy: `choose one of ${known.join(", ")}${newer}` })];
}

function httpEndpoints(spec: ClusterSpec): readonly Problem[] {
  const place = placeOf(spec, "ClusterConfiguration", ["etcd", "external", "httpEndpoints"]);
  if (place === undefined || behaviour(spec.kubernetesVersion).httpEndpoints) return [];
  const { first } = minorsWhere((row) => row.httpEndpoints);
  return [
    problemAt(place, {
      severity: "error",
      message: `kubeadm ${spec.kubernetesVersion.text} does not know httpEndpoints and goes on without it`,
      remedy: `remove it: endpoints are used for everything; or use Kubernetes 1.${first} or newer`,
    }),
  ];
}
