import { findDocument, valueAt } from "../config/kubeadm-documents.ts";
import { type ClusterSpec, controlPlaneNodes } from "../config/spec.ts";
import { addressBits, addressNumber, addressOf, parseAddress, parsePrefix } from "../net/address.ts";
import { serviceNetwork } from "./service-network.ts";

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
  // Workers reach the API servers through a proxy on their own loopback address.
  const local = spec.workerProxy === undefined ? [] : ["127.0.0.1"];
  return [...virtual, ...local, ...spec.certSANs].filter((name) => {
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

/** What kubeadm knows of a cluster when it makes the API servers' certificates. */
export interface CertificateFacts {
  readonly endpointHost: string | undefined;
  readonly dnsDomain: unknown;
  /** kubeadm's default where nothing is said. */
  readonly serviceSubnet: string | undefined;
  /** Of the control plane, each with the address that it advertises. */
  readonly nodes: readonly { readonly name: string; readonly address: string | undefined }[];
}

/** The same facts of a specification. */
export function certificateFacts(spec: ClusterSpec): CertificateFacts {
  const cluster = findDocument(spec.kubeadmDocuments, "ClusterConfiguration");
  return {
    endpointHost: spec.endpoint.host,
    dnsDomain: valueAt(cluster, ["networking", "dnsDomain"]),
    serviceSubnet: serviceNetwork(spec).text,
    nodes: controlPlaneNodes(spec).map(({ name, addresses }) => ({ name, address: addresses[0]?.text })),
  };
}

/** What puts a name into every API server's certificate without being asked, or undefined. */
export function addedByKubeadm(facts: CertificateFacts, name: string): string | undefined {
  const wanted = canonical(name);
  if (serviceNames(facts).includes(wanted)) return "kubeadm adds the names of the kubernetes service";
  if (wanted === firstServiceAddress(facts)) return "kubeadm adds the first address of serviceSubnet";
  if (facts.endpointHost !== undefined && wanted === canonical(facts.endpointHost))
    return "kubeadm adds the host of controlPlaneEndpoint";
  const node = facts.nodes.find((candidate) => candidate.name === wanted || candidate.address === wanted);
  return node === undefined
    ? undefined
    : `kubeadm adds it on ${node.name} itself; each node's certificate carries its own name and address`;
}

/** A name as it is compared: lower case, addresses in canonical text. */
export function canonical(name: string): string {
  return parseAddress(name)?.text ?? name.toLowerCase();
}

function firstServiceAddress({ serviceSubnet = "10.96.0.0/12" }: CertificateFacts): string | undefined {
  const prefix = parsePrefix(serviceSubnet.split(",")[0] ?? "");
  if (prefix === undefined) return undefined;
  const hostBits = BigInt(addressBits(prefix.address.family) - prefix.length);
  const first = ((addressNumber(prefix.address) >> hostBits) << hostBits) + 1n;
  return addressOf(first, prefix.address.family).text;
}

function serviceNames({ dnsDomain: domain }: CertificateFacts): readonly string[] {
  const service = "kubernetes.default.svc";
  return [
    "kubernetes",
    "kubernetes.default",
    service,
    `${service}.${typeof domain === "string" ? domain : "cluster.local"}`,
  ];
}
