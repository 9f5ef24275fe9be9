import { findDocument } from "../config/kubeadm-documents.ts";
import { behaviour } from "../config/kubernetes-behaviour.ts";
import type { ClusterSpec } from "../config/spec.ts";

/** kubeadm's own group of configuration kinds. */
export const kubeadmGroup = "kubeadm.k8s.io";

/**
 * The apiVersion of a document: the user's if there is one, else that of the user's other documents
 * (one file, one form), else the one this Kubernetes wants.
 */
export function apiVersionOf(spec: ClusterSpec, kind: string): string {
  const own = findDocument(spec.kubeadmDocuments, kind)?.apiVersion;
  if (own !== undefined) return own;
  const { accepts, apiVersion } = behaviour(spec.kubernetesVersion);
  const companion = spec.kubeadmDocuments.find((document) =>
    accepts.some((version) => document.apiVersion === `${kubeadmGroup}/${version}`),
  );
  return companion?.apiVersion ?? `${kubeadmGroup}/${apiVersion}`;
}
