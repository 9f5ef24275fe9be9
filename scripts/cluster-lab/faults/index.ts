import { agentInBackOff, agentKilled } from "./agent.ts";
import { apiServerDrained, apiServerHung, apiServerInBackOff, apiServerKilled } from "./api-server.ts";
import { balancerKilled } from "./balancer.ts";
import { busyMachine } from "./busy-machine.ts";
import { holderCut } from "./cables.ts";
import { etcdLeaderKilled, etcdQuorumLost } from "./etcd.ts";
import type { ClusterFault } from "./fault.ts";
import { kubeletStopped } from "./kubelet.ts";
import { allPowerLoss, holderPowerLoss } from "./power.ts";

/** What can be done to real clusters, in the order of the tables. */
export const clusterFaults: readonly ClusterFault[] = [
  balancerKilled,
  agentKilled,
  agentInBackOff,
  apiServerKilled,
  apiServerInBackOff,
  apiServerHung,
  apiServerDrained,
  etcdLeaderKilled,
  etcdQuorumLost,
  kubeletStopped,
  holderCut,
  holderPowerLoss,
  allPowerLoss,
  busyMachine,
];
