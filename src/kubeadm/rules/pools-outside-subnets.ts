import { poolSpans } from "../../config/pool-spans.ts";
import type { Rule } from "../../config/rule.ts";
import { spansOverlap } from "../../net/address-span.ts";
import { clusterNetworks } from "./subnets.ts";

/** Addresses of pods and of LoadBalancer services must not meet. */
export const poolsOutsideSubnets: Rule = {
  id: "pool-in-cluster-network",
  summary: "no pool of LoadBalancer services touches the pod or service network",
  reason: "inside the cluster another pod or service would answer for such an address",
  check: (spec) =>
    poolSpans(spec.serviceLoadBalancer).flatMap((span) =>
      clusterNetworks(spec)
        .filter((network) => network.span !== undefined && spansOverlap(span, network.span))
        .map(({ text }) => ({
          severity: "error" as const,
          path: span.path,
          message: `${span.text} touches ${text}`,
          remedy: "choose addresses of the nodes' network, or another podSubnet or serviceSubnet",
        })),
    ),
};
