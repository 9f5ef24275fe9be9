import { findDocument, valueAt } from "../config/kubeadm-documents.ts";
import { type ClusterSpec, initNode, nodeAddress } from "../config/spec.ts";
import type { AddressFamily } from "../net/address.ts";

/** The networks of services: the user's, else one of the family that the API servers advertise. */
export function serviceNetwork(spec: ClusterSpec): { readonly text: string; readonly given: boolean } {
  const given = valueAt(findDocument(spec.kubeadmDocuments, "ClusterConfiguration"), ["networking", "serviceSubnet"]);
  if (typeof given === "string" && given !== "") return { text: given, given: true };
  return { text: defaults[advertisedFamily(spec)], given: false };
}

/**
 * The family of the address that the first API server advertises. The first service network must be of
 * this family, or kube-apiserver ends at its start:
 * https://github.com/kubernetes/kubernetes/blob/master/cmd/kube-apiserver/app/options/validation.go
 */
export function advertisedFamily(spec: ClusterSpec): AddressFamily {
  const founder = initNode(spec);
  // The machines of a group are where their virtual IP is.
  if (founder === undefined) return spec.virtualIP.addresses[0]?.family ?? 4;
  return founder.addresses.length === 0 ? 4 : nodeAddress(founder, undefined).family;
}

// The first is kubeadm's own default, which it takes for IPv6 clusters too; the second is a local network of the same look.
const defaults: Readonly<Record<AddressFamily, string>> = { 4: "10.96.0.0/12", 6: "fd00:10:96::/112" };
