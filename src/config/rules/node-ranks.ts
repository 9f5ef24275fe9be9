import type { Problem, Rule } from "../rule.ts";
import { type ClusterSpec, agentNodes } from "../spec.ts";

const mostAgents = 9;

/** Ranks become VRRP priorities 250, 220, … 10. */
export const nodeRanks: Rule = {
  id: "node-ranks",
  summary: "At most nine nodes run keepalived, each with a rank of its own.",
  reason: "priority = 250 − 30 × rank must stay above 0, and equal priorities take the virtual IP at the same moment",
  check: (spec) => (spec.virtualIP.provider === "keepalived" ? [...tooMany(spec), ...repeated(spec)] : []),
};

function tooMany(spec: ClusterSpec): readonly Problem[] {
  const count = agentNodes(spec).length;
  return count > mostAgents
    ? [
        {
          severity: "error",
          path: "nodes",
          message: `${count} nodes that run keepalived`,
          remedy: `use at most ${mostAgents}; etcd wants 3 or 5`,
        },
      ]
    : [];
}

function repeated(spec: ClusterSpec): readonly Problem[] {
  const agents = agentNodes(spec);
  return agents.flatMap((node, index): readonly Problem[] => {
    const twin = agents.slice(0, index).find((other) => other.rank === node.rank);
    return twin === undefined
      ? []
      : [
          {
            severity: "error",
            path: `${node.path}.rank`,
            message: `rank ${node.rank} is already the rank of ${twin.name}`,
            remedy: "give each node another rank, or none at all",
          },
        ];
  });
}
