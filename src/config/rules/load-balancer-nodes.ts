import type { DraftRule } from "../rule.ts";

/** Dedicated load-balancer hosts come in twos or threes, and not yet at all. */
export const loadBalancerNodes: DraftRule = {
  id: "load-balancer-nodes",
  summary: "Dedicated load-balancer nodes are two or three.",
  reason: "one is a single point of failure; a fourth adds VRRP peers and no availability",
  check: (configuration, nodePath) => {
    const dedicated = (configuration.nodes ?? []).flatMap((node, index) =>
      node.role === "load-balancer" ? [index] : [],
    );
    const first = dedicated[0];
    if (first === undefined) return [];
    const path = `${nodePath(first)}.role`;
    const count = dedicated.length;
    const wrongCount =
      count === 2 || count === 3
        ? []
        : [
            {
              severity: "error" as const,
              path,
              message: `${count} load-balancer node${count === 1 ? "" : "s"}`,
              remedy: "use two or three",
            },
          ];
    return [
      ...wrongCount,
      {
        severity: "error" as const,
        path,
        message: "placement on dedicated load-balancer nodes is not built yet",
        remedy: "put the load balancer on the control-plane nodes: leave these nodes out",
      },
    ];
  },
};
