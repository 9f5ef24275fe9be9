import type { Problem, Rule } from "../rule.ts";
import { controlPlaneNodes } from "../spec.ts";

const mostAgents = 9;

/** Ranks become VRRP priorities 250, 220, … 10. */
export const nodeRanks: Rule = {
  id: "node-ranks",
  summary: "At most nine nodes run the VIP agent, each with a rank of its own.",
  reason: "priority = 250 − 30 × rank must stay above 0, and equal priorities take the virtual IP at the same moment",
  check: (spec) => {
    const agents = controlPlaneNodes(spec);
    const tooMany: readonly Problem[] = agents.length > mostAgents ? [{ severity: "error", path: "nodes", message: `${agents.length} control-plane nodes`, remedy: `use at most ${mostAgents}; etcd wants 3 or 5` }] : [];
    const repeated = agents.flatMap((node, index): readonly Problem[] => {
      const twin = agents.slice(0, index).find((other) => other.rank === node.rank);
      return twin === undefined ? [] : [{ severity: "error", path: `${node.path}.rank`, message: `rank ${node.rank} is already the rank of ${twin.name}`, remedy: "give each control-plane node another rank, or none at all" }];
    });
    return [...tooMany, ...(tooMany.length > 0 ? [] : repeated)];
  },
};
