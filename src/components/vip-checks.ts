import type { Address } from "../net/address.ts";
import type { Command } from "./component.ts";

/** How a person sees which node has a virtual IP. */
export function holderCheck(vip: Address): Command {
  return {
    command: `ip -brief address show | grep -wF '${vip.text}'`,
    reason: "run on each node that may hold it: exactly one shows the VIP",
  };
}
