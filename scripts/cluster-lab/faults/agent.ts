import type { Cluster } from "../cluster.ts";
import type { ClusterFault } from "./fault.ts";
import { killAgainAndAgain, signal } from "./signal.ts";

export const agentKilled: ClusterFault = {
  name: "agent-killed",
  title: "agent of the virtual IP killed, back by the kubelet",
  rehearsed: "keepalived-restarted",
  seconds: 15,
  inject: ({ cluster, holder }) => signal(holder, agentOf(cluster), "KILL"),
};

export const agentInBackOff: ClusterFault = {
  name: "agent-in-back-off",
  title: "agent of the virtual IP killed whenever it is back, for 60 s",
  rehearsed: "keepalived-killed",
  seconds: 60,
  inject: ({ cluster, holder }) => signal(holder, agentOf(cluster), "KILL"),
  during: ({ cluster, holder }, ended) => killAgainAndAgain(holder, agentOf(cluster), ended),
};

function agentOf({ setup }: Cluster): string {
  return setup.spec.virtualIP.provider;
}
