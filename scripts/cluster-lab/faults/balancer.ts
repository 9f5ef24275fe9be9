import type { ClusterFault } from "./fault.ts";
import { signal } from "./signal.ts";

export const balancerKilled: ClusterFault = {
  name: "balancer-killed",
  title: "balancer killed, back by the kubelet",
  rehearsed: "balancer-restarted",
  seconds: 15,
  skip: ({ setup }) => (setup.spec.loadBalancer.provider === "none" ? "it has no balancer" : undefined),
  inject: ({ cluster, holder }) => signal(holder, cluster.setup.spec.loadBalancer.provider, "KILL"),
};
