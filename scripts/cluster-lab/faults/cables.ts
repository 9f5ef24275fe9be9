import type { ClusterFault } from "./fault.ts";

export const holderCut: ClusterFault = {
  name: "holder-cut",
  title: "holder cut off for 40 s",
  rehearsed: "holder-cut",
  seconds: 40,
  inject: ({ cluster, holder }) => cluster.network.setLink(holder.space, false),
  repair: ({ cluster, holder }) => cluster.network.setLink(holder.space, true),
};
