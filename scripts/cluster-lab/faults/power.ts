import type { ClusterFault, FaultContext } from "./fault.ts";

export const holderPowerLoss: ClusterFault = {
  name: "holder-power-loss",
  title: "holder loses power for 40 s",
  rehearsed: "holder-power-loss",
  seconds: 40,
  inject: ({ cluster, holder }) => cluster.powerOff(holder),
  repair: ({ cluster, holder }) => cluster.boot(holder),
};

export const allPowerLoss: ClusterFault = {
  name: "all-power-loss",
  title: "all nodes lose power for 10 s",
  rehearsed: "all-power-loss",
  seconds: 10,
  inject: async (context) => {
    await Promise.all(all(context).map((node) => context.cluster.powerOff(node)));
  },
  repair: async (context) => {
    await Promise.all(all(context).map((node) => context.cluster.boot(node)));
  },
};

function all({ holder, others }: FaultContext) {
  return [holder, ...others];
}
