import type { V1EnvVar } from "@kubernetes/client-node";

import type { ClusterSpec } from "../../../config/spec.ts";

/** Routes in a table of the node's own kernel, which a routing daemon announces. */
export function routingTableEnvironment({ kubeVip: { routingTable } }: ClusterSpec): readonly V1EnvVar[] {
  return [
    { name: "vip_routingtable", value: "true" },
    { name: "vip_routingtableid", value: String(routingTable.table) },
    { name: "vip_routingprotocol", value: String(routingTable.protocol) },
    ...(routingTable.clean ? [{ name: "vip_cleanroutingtable", value: "true" }] : []),
  ];
}
