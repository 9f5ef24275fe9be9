import type { V1ConfigMap } from "@kubernetes/client-node";

import type { AddressPool } from "../../config/kube-vip-spec.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import type { Comments } from "../../yaml/write.ts";

/**
 * The pools, as kube-vip-cloud-provider reads them: every value is a text, also true.
 * https://github.com/kube-vip/kube-vip-cloud-provider/blob/v0.0.12/README.md
 */
export function cloudProviderConfigMap({ serviceLoadBalancer: services }: ClusterSpec): {
  readonly configMap: V1ConfigMap;
  readonly comments: Comments;
} {
  const data: Record<string, string> = Object.fromEntries([
    ...(services?.pools ?? []).flatMap(poolEntries),
    ...(services?.searchOrder === "desc" ? [["search-order", "desc"] as const] : []),
    ...(services?.skipEndAddresses === true ? [["skip-end-ips-in-cidr", "true"] as const] : []),
  ]);
  const configMap = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kubevip", namespace: "kube-system" },
    data,
  };
  const comment =
    "Looked up in this order: cidr- of the namespace, cidr-global, range- of the namespace, range-global.";
  return { configMap, comments: Object.keys(data).length === 0 ? {} : { data: comment } };
}

function poolEntries(pool: AddressPool): readonly (readonly [string, string])[] {
  const name = pool.namespace ?? "global";
  // 0.0.0.0/32 stands for an address from DHCP.
  const cidrs = pool.dhcp ? ["0.0.0.0/32"] : pool.cidrs;
  return [
    ...(cidrs.length === 0 ? [] : [[`cidr-${name}`, cidrs.join(",")] as const]),
    ...(pool.ranges.length === 0 ? [] : [[`range-${name}`, pool.ranges.join(",")] as const]),
    ...(pool.shareAddresses ? [[`allow-share-${name}`, "true"] as const] : []),
    ...(pool.interface === undefined ? [] : [[`interface-${name}`, pool.interface] as const]),
  ];
}
