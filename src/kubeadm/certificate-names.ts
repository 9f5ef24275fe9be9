import { findDocument, valueAt } from "../config/kubeadm-documents.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { parseAddress } from "../net/address.ts";

/**
 * The names and addresses to add to apiServer.certSANs: every VIP, since kubeadm knows the endpoint
 * only, and those of the HAConfiguration. Not what kubeadm adds itself, the endpoint's host.
 * https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/util/pkiutil/pki_helpers.go (GetAPIServerAltNames)
 */
export function missingCertSANs(spec: ClusterSpec): readonly string[] {
  const present = new Set(documentSANs(spec).map(canonical));
  const virtual = spec.virtualIP.addresses
    .map((address) => address.text)
    .filter((address) => address !== spec.endpoint.host);
  return [...virtual, ...spec.certSANs].filter((name) => {
    const known = present.has(canonical(name));
    present.add(canonical(name));
    return !known;
  });
}

/** The certSANs of the user's ClusterConfiguration. */
function documentSANs(spec: ClusterSpec): readonly string[] {
  const value = valueAt(findDocument(spec.kubeadmDocuments, "ClusterConfiguration"), ["apiServer", "certSANs"]);
  return Array.isArray(value) ? value.map(String) : [];
}

/** What puts a name into every API server's certificate without being asked, or undefined. */
export function addedByKubeadm(spec: ClusterSpec, name: string): string | undefined {
  const wanted = canonical(name);
  if (serviceNames(spec).includes(wanted)) return "kubeadm adds the names of the kubernetes service";
  if (wanted === canonical(spec.endpoint.host)) return "kubeadm adds the host of controlPlaneEndpoint";
  const node = spec.nodes.find((candidate) => candidate.name === wanted || candidate.addresses[0]?.text === wanted);
  return node?.role === "control-plane"
    ? `kubeadm adds it on ${node.name} itself; each node's certificate carries its own name and address`
    : undefined;
}

/** A name as it is compared: lower case, addresses in canonical text. */
function canonical(name: string): string {
  return parseAddress(name)?.text ?? name.toLowerCase();
}

function serviceNames(spec: ClusterSpec): readonly string[] {
  const domain = valueAt(findDocument(spec.kubeadmDocuments, "ClusterConfiguration"), ["networking", "dnsDomain"]);
  const service = "kubernetes.default.svc";
  return [
    "kubernetes",
    "kubernetes.default",
    service,
    `${service}.${typeof domain === "string" ? domain : "cluster.local"}`,
  ];
}
