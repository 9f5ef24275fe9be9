import { keysOf, type YamlPart, yamlPart } from "../../readers/yaml-part.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { ClusterPicture } from "../../model/picture.ts";
import { type Address, addressNumber, parseAddress, parsePrefix, prefixContains } from "../../net/address.ts";
import { hitAt, hitAtKey } from "../hit.ts";
import { clusterAddresses } from "../kubeadm/surroundings.ts";
import type { FileRule, Hit } from "../rule.ts";
import { addressesOf } from "./addresses.ts";
import { kubeVipsOf, servesControlPlane } from "./instance.ts";

export const KV19: FileRule = {
  id: "KV19",
  name: "service-address",
  scope: "object",
  severity: "error",
  summary: "No LoadBalancer Service has the control plane's virtual IP, and no pool of addresses holds it.",
  reason:
    "two owners of one address take it from each other, and the API server's clients land at the service: https://github.com/kube-vip/kube-vip/issues/665",
  remedy: "give services addresses of their own",
  check: (object, { cluster }) => {
    const virtual = virtualAddresses(cluster);
    switch (object.kind) {
      case "Service":
        return serviceProblems(object, virtual);
      case "ConfigMap":
        return poolProblems(kubeVipPools(object), virtual);
      case "IPAddressPool":
        return poolProblems(yamlPart(object, ["spec", "addresses"]).items(), virtual);
      default:
        return [];
    }
  },
};

function virtualAddresses(cluster: ClusterPicture): readonly Address[] {
  const ofWorkloads = cluster.nodes.flatMap(({ pods }) =>
    pods.flatMap(kubeVipsOf).filter(servesControlPlane).flatMap(addressesOf),
  );
  return [...clusterAddresses(cluster), ...ofWorkloads];
}

function serviceProblems(object: YamlObject, virtual: readonly Address[]): readonly Hit[] {
  const misplaced = yamlPart(object, ["loadBalancerIP"]);
  const isLoadBalancer = yamlPart(object, ["spec", "type"]).text === "LoadBalancer";
  const annotations = yamlPart(object, ["metadata", "annotations"]);
  const places = [
    misplaced,
    ...yamlPart(object, ["spec", "externalIPs"]).items(),
    ...(isLoadBalancer
      ? [
          yamlPart(object, ["spec", "loadBalancerIP"]),
          ...keysOf(annotations)
            .filter((key) => /\/loadbalancerIPs?$/i.test(key))
            .map((key) => annotations.at(key)),
        ]
      : []),
  ];
  return [
    ...(misplaced.exists
      ? [
          hitAtKey(misplaced, "loadBalancerIP stands outside of spec, where nothing reads it", {
            remedy: "move it into spec, or use the annotation kube-vip.io/loadbalancerIPs",
          }),
        ]
      : []),
    ...places.flatMap((part) => {
      const taken = (part.text ?? "")
        .split(",")
        .find((text) => virtual.some((address) => address.text === parseAddress(text.trim())?.text));
      return taken === undefined
        ? []
        : [hitAt(part, `${taken.trim()} is the control plane's virtual IP`, { remedy: "use another address" })];
    }),
  ];
}

/** https://github.com/kube-vip/kube-vip-cloud-provider#ip-address-functionality */
function kubeVipPools(object: YamlObject): readonly YamlPart[] {
  const data = yamlPart(object, ["data"]);
  return keysOf(data)
    .filter((key) => /^(?:cidr|range)-/.test(key))
    .map((key) => data.at(key));
}

function poolProblems(pools: readonly YamlPart[], virtual: readonly Address[]): readonly Hit[] {
  return pools.flatMap((part) => {
    const entries = (part.text ?? "").split(",").map((entry) => entry.trim());
    const held = virtual.find((address) => entries.some((entry) => holds(entry, address)));
    return held === undefined ? [] : [hitAt(part, `${part.text} holds ${held.text}, the control plane's virtual IP`)];
  });
}

/** Whether a network such as 10.0.0.0/24, a range such as 10.0.0.5-10.0.0.9, or one address holds another. */
function holds(entry: string, address: Address): boolean {
  const prefix = parsePrefix(entry);
  if (prefix !== undefined) return prefixContains(prefix, address);
  const [first, last] = entry.split("-").map((text) => parseAddress(text.trim()));
  if (first === undefined || first.family !== address.family) return false;
  const number = addressNumber(address);
  return addressNumber(first) <= number && number <= addressNumber(last ?? first);
}
