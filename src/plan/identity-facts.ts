import { vrrpPriority } from "../components/keepalived/config.ts";
import type { Facts } from "./facts.ts";
import type { NodeIdentity } from "./state.ts";

/** What a node's identity fills in in its files. */
export function identityFacts({ interface: name, rank, virtualRouterID }: NodeIdentity): Facts {
  return {
    ...(name !== undefined && { interface: name }),
    ...(rank !== null && { priority: String(vrrpPriority(rank)) }),
    ...(virtualRouterID !== null && { virtualRouterID: String(virtualRouterID) }),
  };
}
