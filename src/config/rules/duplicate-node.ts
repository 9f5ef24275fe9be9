import type { Problem, Rule } from "../rule.ts";

/** A name or an address names one machine. */
export const duplicateNode: Rule = {
  id: "duplicate-node",
  summary: "Node names and addresses are given once.",
  reason: "two nodes with one name replace each other in the cluster, and two with one address never both work",
  check: (spec) =>
    spec.nodes.flatMap((node, index): readonly Problem[] => {
      const earlier = spec.nodes.slice(0, index);
      const twin = earlier.find((other) => other.name === node.name);
      const sameName: readonly Problem[] =
        twin === undefined
          ? []
          : [
              {
                severity: "error",
                path: `${node.path}.name`,
                message: `${node.name} is already the name of ${twin.path}`,
                remedy: "give each node a name of its own",
              },
            ];
      const sameAddress = node.addresses.flatMap((address, position): readonly Problem[] => {
        const owner = earlier.find((other) => other.addresses.some((candidate) => candidate.text === address.text));
        return owner === undefined
          ? []
          : [
              {
                severity: "error",
                path: `${node.path}.addresses[${position}]`,
                message: `${address.text} is already the address of ${owner.name}`,
                remedy: "give each node an address of its own",
              },
            ];
      });
      return [...sameName, ...sameAddress];
    }),
};
