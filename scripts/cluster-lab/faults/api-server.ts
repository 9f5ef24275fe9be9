import { apiServerNode, type ClusterFault } from "./fault.ts";
import { killAgainAndAgain, signal } from "./signal.ts";

const program = "kube-apiserver";

export const apiServerKilled: ClusterFault = {
  name: "api-server-killed",
  title: "API server killed, back by the kubelet",
  rehearsed: "api-server-killed",
  seconds: 10,
  inject: (context) => signal(apiServerNode(context), program, "KILL"),
};

export const apiServerInBackOff: ClusterFault = {
  name: "api-server-in-back-off",
  title: "API server killed whenever it is back, for 60 s",
  seconds: 60,
  inject: (context) => signal(apiServerNode(context), program, "KILL"),
  during: (context, ended) => killAgainAndAgain(apiServerNode(context), program, ended),
};

export const apiServerHung: ClusterFault = {
  name: "api-server-hung",
  title: "API server hung for 40 s",
  rehearsed: "api-server-hung",
  // Less than the kubelet's liveness probe takes to restart it.
  seconds: 40,
  inject: (context) => signal(apiServerNode(context), program, "STOP"),
  repair: (context) => signal(apiServerNode(context), program, "CONT"),
};

export const apiServerDrained: ClusterFault = {
  name: "api-server-drained",
  title: "API server told to end",
  rehearsed: "api-server-drained",
  seconds: 20,
  inject: (context) => signal(apiServerNode(context), program, "TERM"),
};
