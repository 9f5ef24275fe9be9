import type { Rule } from "../../config/rule.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { type AddressSpan, networkSpan } from "../../net/address-span.ts";
import { type Prefix, parsePrefix, prefixContains } from "../../net/address.ts";
import { serviceNetwork } from "../service-network.ts";
import { type Place, placeOf } from "./at.ts";
import { complaints } from "./complaints.ts";

/** kubeadm's own limits for the networks of pods and services. */
export const subnets: Rule = {
  id: "kubeadm-subnets",
  summary: "podSubnet and serviceSubnet are one network, or one of each family, of a size that kubeadm accepts",
  reason:
    "kubeadm refuses others; the service network is held in a bitmap, the pod network is cut into one piece a node (https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go)",
  check: (spec) => complaints(spec, "subnet"),
};

/** A VIP that pods or services may have too is answered by the wrong one. */
export const vipOutsideSubnets: Rule = {
  id: "vip-in-cluster-network",
  summary: "no virtual IP lies in the pod or service network",
  reason: "kube-proxy or the pod network would answer for it on every node",
  check(spec) {
    const networks = clusterNetworks(spec);
    return spec.virtualIP.addresses.flatMap((address, index) =>
      networks
        .filter(({ prefix }) => prefix !== undefined && prefixContains(prefix, address))
        .map(({ text }) => ({
          severity: "error" as const,
          path: `virtualIP.addresses[${index}]`,
          message: `${address.text} lies in ${text}`,
          remedy: "choose a free address of the nodes' network, or another podSubnet or serviceSubnet",
        })),
    );
  },
};

/** A network of pods or services. */
interface Network {
  readonly prefix: Prefix | undefined;
  readonly span: AddressSpan | undefined;
  /** With the place where it stands. */
  readonly text: string;
}

/** The networks of pods and services, as far as they are known. */
export function clusterNetworks(spec: ClusterSpec): readonly Network[] {
  if (spec.distribution !== "kubeadm")
    return ["10.42.0.0/16", "10.43.0.0/16"].map((text) => network(text, `default of ${spec.distribution}`));
  const service = placeOf(spec, "ClusterConfiguration", ["networking", "serviceSubnet"]);
  const { text } = serviceNetwork(spec);
  return [
    ...networksOf(service),
    ...networksOf(placeOf(spec, "ClusterConfiguration", ["networking", "podSubnet"])),
    ...(service === undefined ? [network(text, "kubeadm's default serviceSubnet")] : []),
  ];
}

function networksOf(place: Place | undefined): readonly Network[] {
  if (typeof place?.value !== "string" || place.value === "") return [];
  return place.value.split(",").map((text) => network(text, place.path.join(".")));
}

function network(text: string, place: string): Network {
  return { prefix: parsePrefix(text), span: networkSpan(text), text: `${text} (${place})` };
}
