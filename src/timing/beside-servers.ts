import { parseAddress } from "../net/address.ts";
import type { BalancerTiming } from "./balancer-timing.ts";
import type { ClusterTiming } from "./cluster-timing.ts";

/** The balancer, if a machine of its own that is gone takes an API server along; undefined for a pair of balancers. */
export function besideServers({ agent, balancer }: ClusterTiming): BalancerTiming | undefined {
  if (agent.kind === "lease" || balancer === undefined) return balancer;
  // A pair names its own addresses, and none of them among the API servers.
  const own = new Set(agent.addresses.map(canonical));
  const isKnown = own.size > 0 && balancer.servers.length > 0;
  return isKnown && !balancer.servers.some((server) => own.has(canonical(server))) ? undefined : balancer;
}

function canonical(address: string): string {
  return parseAddress(address)?.text ?? address;
}
