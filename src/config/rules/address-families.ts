import type { Address } from "../../net/address.ts";
import type { Problem, Rule } from "../rule.ts";
import { agentNodes } from "../spec.ts";

/** At most one address per family, and every holder can be reached in every family of the virtual IP. */
export const addressFamilies: Rule = {
  id: "address-families",
  summary:
    "A virtual IP and a node have at most one address per family, and control-plane nodes have the virtual IP's families.",
  reason:
    "dual stack means one address of each family; a node without a family cannot answer for a virtual IP of that family",
  check: (spec) => [
    ...repeated(spec.virtualIP.addresses, "virtualIP.addresses"),
    ...spec.nodes
      .filter((node) => node.addresses.length === 0)
      .map((node): Problem => ({
        severity: "error",
        path: `${node.path}.addresses`,
        message: `${node.name} has no address`,
        remedy: "add the node's address",
      })),
    ...spec.nodes.flatMap((node) => repeated(node.addresses, `${node.path}.addresses`)),
    ...agentNodes(spec)
      .filter((node) => node.addresses.length > 0)
      .flatMap((node) =>
        spec.virtualIP.addresses
          .filter((virtual) => !node.addresses.some((address) => address.family === virtual.family))
          .map((virtual): Problem => ({
            severity: "error",
            path: `${node.path}.addresses`,
            message: `${node.name} has no IPv${virtual.family} address, but the virtual IP ${virtual.text} is one`,
            remedy: `add the node's IPv${virtual.family} address`,
          })),
      ),
  ],
};

function repeated(addresses: readonly Address[], path: string): readonly Problem[] {
  return addresses.flatMap((address, index) =>
    addresses.findIndex((other) => other.family === address.family) < index
      ? [
          {
            severity: "error" as const,
            path: `${path}[${index}]`,
            message: `${address.text} is a second IPv${address.family} address`,
            remedy: "keep one address per family",
          },
        ]
      : [],
  );
}
