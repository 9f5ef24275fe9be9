import type { Rule } from "../../config/rule.ts";
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
    const service = placeOf(spec, "ClusterConfiguration", ["networking", "serviceSubnet"]);
    const networks = [
      ...networksOf(service),
      ...networksOf(placeOf(spec, "ClusterConfiguration", ["networking", "podSubnet"])),
      ...(service === undefined
        ? [
            {
              prefix: parsePrefix(serviceNetwork(spec).text),
              text: `${serviceNetwork(spec).text} (kubeadm's default serviceSubnet)`,
            },
          ]
        : []),
    ];
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

interface Network {
  readonly prefix: Prefix | undefined;
  readonly text: string;
}

function networksOf(place: Place | undefined): readonly Network[] {
  if (typeof place?.value !== "string" || place.value === "") return [];
  return place.value
    .split(",")
    .map((text) => ({ prefix: parsePrefix(text), text: `${text} (${place.path.join(".")})` }));
}
