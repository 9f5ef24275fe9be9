import { keysOf, type YamlPart, yamlPart } from "../../readers/yaml-part.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { ClusterPicture } from "../../model/picture.ts";
import { type Address, addressNumber, parseAddress, parsePrefix, prefixContains } from "../../net/address.ts";
import { hitAt } from "../hit.ts";
import { clusterAddresses } from "../kubeadm/surroundings.ts";
import type { FileRule, Hit } from "../rule.ts";
import { addressesOf } from "./addresses.ts";
import { kubeVipsOf, servesControlPlane } from "./instance.ts";

export const KV19: FileRule = {
  id: "KV19",
  name: "service-address",
  aliases: ["SVC-LBIP-EQ-VIP", "LB-RANGE", "YAML-PLACE"],
  scope: "object",
  severity: "error",
  summary: "No LoadBalancer Service has the control plane's virtual IP, and no pool of addresses holds it.",
  reason:
    "two owners of one address take it from each other, and the API server's clients land at the service: https://github.com/kube-vip/kube-vip/issues/665",
  remedy: "give services addresses of their own",
  check: (object, { cluster }) => {
    const virtual = virtualAddresses(cluster);
    if (object.kind === "Service") return serviceProblems(object, virtual);
    if (object.kind === "ConfigMap") return poolProblems(kubeVipPools(object), virtual);
    const isPool = object.kind === "IPAddressPool";
    return isPool ? poolProblems(yamlPart(object, ["spec", "addresses"]).items(), virtual) : [];
  },
};

function virtualAddresses(cluster: ClusterPicture): readonly Address[] {
  const ofWorkloads = cluster.nodes.flatMap(({ pods }) =>
    pods.flatMap(kubeVipsOf).filter(servesControlPlane).flatMap(addressesOf),
  );
  return [...clusterAddresses(cluster), ...ofWorkloads];
}

function serviceProblems(object: YamlObject, virtual: readonly Address[]): readonly Hit[] {
  const isLoadBalancer = yamlPart(object, ["spec", "type"]).text === "LoadBalancer";
  const annotations = yamlPart(object, ["metadata", "annotations"]);
  const misplaced = yamlPart(object, ["loadBalancerIP"]);
  const places = [
    ...yamlPart(object, ["spec", "externalIPs"]).items(),
    ...(isLoadBalancer ? [yamlPart(object, ["spec", "loadBalancerIP"]), misplaced] : []),
    ...keysOf(annotations)
      .filter((key) => isLoadBalancer && /\/loadbalancerIPs?$/i.test(key))
      .map((key) => annotations.at(key)),
  ];
  const note = "outside of spec, where nothing reads it";
  const taken = places.flatMap((part) => {
    const address = takenIn(part.text ?? "", virtual);
    if (address === undefined) return [];
    const message = `${address} is the control plane's virtual IP`;
    return [hitAt(part, part.path === misplaced.path ? `${message}, and stands ${note}` : message, otherAddress)];
  });
  return misplaced.exists && !taken.some(({ path }) => path === misplaced.path)
    ? [
        ...taken,
        hitAt(misplaced, `loadBalancerIP stands ${note}`, { severity: "warning", remedy: "move it into spec" }),
      ]
    : taken;
}

const otherAddress = { remedy: "use another address" };

function takenIn(text: string, virtual: readonly Address[]): string | undefined {
  const entries = text.split(",").map((entry) => entry.trim());
  return entries.find((entry) => virtual.some((address) => address.text === parseAddress(entry)?.text));
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
