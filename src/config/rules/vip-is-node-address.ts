import type { Rule } from "../rule.ts";

/** The virtual IP belongs to no machine. */
export const vipIsNodeAddress: Rule = {
  id: "vip-is-node-address",
  summary: "The virtual IP is no node's own address.",
  reason: "an address that a node always has cannot move: two machines would answer for it",
  check: (spec) =>
    spec.virtualIP.addresses.flatMap((virtual, index) =>
      spec.nodes
        .filter((node) => node.addresses.some((address) => address.text === virtual.text))
        .map((node) => ({
          severity: "error" as const,
          path: `virtualIP.addresses[${index}]`,
          message: `${virtual.text} is also the address of node ${node.name}`,
          remedy: "choose a free address of the same network",
        })),
    ),
};
