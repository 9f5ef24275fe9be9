import { type ClusterNode, mustShell } from "../node.ts";
import type { ClusterFault, FaultContext } from "./fault.ts";
import { signal } from "./signal.ts";

export const etcdLeaderKilled: ClusterFault = {
  name: "etcd-leader-killed",
  title: "etcd's leader killed, back by the kubelet",
  seconds: 15,
  inject: async (context) => signal(await leader(context), "etcd", "KILL"),
};

export const etcdQuorumLost: ClusterFault = {
  name: "etcd-quorum-lost",
  title: "two of three etcd hung for 20 s",
  seconds: 20,
  inject: async ({ others }) => {
    await Promise.all(others.map((node) => signal(node, "etcd", "STOP")));
  },
  repair: async ({ others }) => {
    await Promise.all(others.map((node) => signal(node, "etcd", "CONT")));
  },
};

async function leader({ holder, others }: FaultContext): Promise<ClusterNode> {
  for (const node of [holder, ...others]) {
    const [endpoint] = JSON.parse(await mustShell(node, `${etcdctl} endpoint status -w json`)) as readonly Status[];
    if (endpoint !== undefined && endpoint.Status.leader === endpoint.Status.header.member_id) return node;
  }
  throw new Error("etcd has no leader");
}

interface Status {
  // Numbers of 64 bits: both lose the same digits.
  readonly Status: { readonly leader: number; readonly header: { readonly member_id: number } };
}

/** etcdctl on a control-plane node of whatever family, with etcd's own certificate. */
export const etcdctl =
  "etcdctl --endpoints https://localhost:2379 --cacert /etc/kubernetes/pki/etcd/ca.crt" +
  " --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key";
