import type { Problem, Rule } from "../../config/rule.ts";
import { isRecord, type KubeadmDocument, valueAt } from "../../config/kubeadm-documents.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { kubeadmGroup } from "../api-version.ts";
import { behaviour } from "../versions.ts";
import { placeOf, problemAt } from "./at.ts";

/** Fields of other versions of kubeadm's configuration, or of none. */
export const foreignFields: Rule = {
  id: "kubeadm-unknown-field",
  summary: "no document has a field that its apiVersion or this release does not know",
  reason: "kubeadm init and join only warn of an unknown field and go on without it",
  check: (spec) => [...spec.kubeadmDocuments.flatMap(inDocument), ...encryption(spec), ...httpEndpoints(spec)],
};

const fields = [
  {
    path: ["uploadCerts"],
    of: /./,
    remedy: "there is no such field; upload with the flag: kubeadm init --upload-certs",
  },
  { path: ["dns", "type"], of: /./, remedy: "remove it; CoreDNS is the only type" },
  {
    path: ["apiServer", "timeoutForControlPlane"],
    of: /v1beta4$/,
    remedy: "write timeouts.controlPlaneComponentHealthCheck in InitConfiguration and JoinConfiguration",
  },
  { path: ["discovery", "timeout"], of: /v1beta4$/, remedy: "write timeouts.discovery in JoinConfiguration" },
] as const;

function inDocument(document: KubeadmDocument): readonly Problem[] {
  if (!document.apiVersion.startsWith(`${kubeadmGroup}/`)) return [];
  const named = fields
    .filter(({ path, of }) => of.test(document.apiVersion) && valueAt(document, path) !== undefined)
    .map(({ path, remedy }) =>
      problemAt(
        { document, path },
        { severity: "error", message: `${document.apiVersion} has no field ${path.join(".")}`, remedy },
      ),
    );
  const merging = mergeMethods(document.source.value).map((path) =>
    problemAt(
      { document, path },
      {
        severity: "error",
        message: `${document.apiVersion} has no field mergeMethod`,
        remedy: "remove it; it belongs to the coming v1",
      },
    ),
  );
  return [...named, ...merging];
}

function mergeMethods(value: unknown): readonly (readonly (string | number)[])[] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => mergeMethods(item).map((path) => [index, ...path]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key === "mergeMethod" ? [[key]] : mergeMethods(entry).map((path) => [key, ...path]),
  );
}

function encryption(spec: ClusterSpec): readonly Problem[] {
  const place = placeOf(spec, "ClusterConfiguration", ["encryptionAlgorithm"]);
  if (place === undefined) return [];
  const { ecdsaP384 } = behaviour(spec.kubernetesVersion);
  const known = ["RSA-2048", "RSA-3072", "RSA-4096", "ECDSA-P256", ...(ecdsaP384 ? ["ECDSA-P384"] : [])];
  if (known.some((algorithm) => algorithm === place.value)) return [];
  const message =
    place.value === "ECDSA-P384"
      ? "ECDSA-P384 needs Kubernetes 1.34"
      : `${JSON.stringify(place.value)} is no algorithm of kubeadm ${spec.kubernetesVersion.text}`;
  return [problemAt(place, { severity: "error", message, remedy: `choose one of ${known.join(", ")}` })];
}

function httpEndpoints(spec: ClusterSpec): readonly Problem[] {
  const place = placeOf(spec, "ClusterConfiguration", ["etcd", "external", "httpEndpoints"]);
  if (place === undefined || behaviour(spec.kubernetesVersion).httpEndpoints) return [];
  return [
    problemAt(place, {
      severity: "error",
      message: "httpEndpoints needs Kubernetes 1.35",
      remedy: "remove it; kubeadm uses endpoints for everything",
    }),
  ];
}
