import { addressNumber, type Prefix, prefixContains } from "../../net/address.ts";
import type { Rule } from "../rule.ts";
import { agentNodes } from "../spec.ts";

/** Gratuitous ARP and VRRP end at the router. */
export const vipNetwork: Rule = {
  id: "vip-network",
  summary: "Nodes that may hold the virtual IP are in the network that was written with the virtual IP.",
  reason: "the virtual IP is announced with ARP or neighbour discovery, which no router passes on",
  check: (spec) => [
    ...spec.virtualIP.networks.filter(isNetworkOrBroadcast).map((network) => ({
      severity: "error" as const,
      path: "virtualIP.addresses",
      message: `${network.address.text} is the network's own or broadcast address in /${network.length}`,
      remedy: "choose an address between the first and the last of the network",
    })),
    ...spec.virtualIP.networks.flatMap((network) =>
      agentNodes(spec).flatMap((node) =>
        node.addresses
          .filter((address) => address.family === network.address.family && !prefixContains(network, address))
          .map((address) => ({
            severity: "error" as const,
            path: `${node.path}.addresses`,
            message: `${address.text} of node ${node.name} is outside ${network.address.text}/${network.length}`,
            remedy: "correct the address or the prefix length; all holders of a virtual IP share one network segment",
          })),
      ),
    ),
  ],
};

function isNetworkOrBroadcast({ address, length }: Prefix): boolean {
  if (address.family === 6 || length > 30) return false;
  const hosts = (1n << BigInt(32 - length)) - 1n;
  const host = addressNumber(address) & hosts;
  return host === 0n || host === hosts;
}
