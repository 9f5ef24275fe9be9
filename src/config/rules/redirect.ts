import type { Rule } from "../rule.ts";
import { type ClusterSpec, hasDedicatedBalancers, runsLoadBalancer } from "../spec.ts";
import { refuseIf } from "./refuse.ts";

/** A port of the virtual IP leads to a balancer that is there, past what listens on it. */
export const redirect: Rule = {
  id: "redirect",
  summary: "loadBalancer.redirectFrom is a port of a virtual IP beside API servers, and not the load balancer's own.",
  reason:
    "nftables leads connections to the virtual IP from this port to the load balancer's on the node that has the address; where the balancer can listen on the port itself a rule is one part more that can fail",
  check: (spec) => {
    const { redirectFrom, port } = spec.loadBalancer;
    if (redirectFrom === undefined) return [];
    const path = "loadBalancer.redirectFrom";
    const nowhere = reasonAgainst(spec);
    if (nowhere !== undefined) return refuseIf(true, path, nowhere);
    return refuseIf(redirectFrom === port, path, [
      `${redirectFrom} is the load balancer's own port`,
      port === spec.apiServerPort
        ? "give the load balancer another one: loadBalancer.port 8443"
        : "remove the key: clients reach this port as it is",
    ]);
  },
};

function reasonAgainst(spec: ClusterSpec): readonly [message: string, remedy: string] | undefined {
  const { redirectFrom } = spec.loadBalancer;
  if (!runsLoadBalancer(spec))
    return ["has no load balancer on the nodes to lead to", "remove the key, or use loadBalancer.provider haproxy"];
  if (hasDedicatedBalancers(spec))
    return [
      "is for load balancers beside API servers, and these have machines of their own",
      `remove the key and write loadBalancer.port: ${redirectFrom}`,
    ];
  if (spec.virtualIP.addresses.length === 0)
    return [
      "needs the virtual IP's address, which is not known before the nodes run",
      "write virtualIP.addresses, or remove the key",
    ];
  return undefined;
}
