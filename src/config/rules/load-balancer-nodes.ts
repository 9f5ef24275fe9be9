import type { Problem, Rule } from "../rule.ts";
import { isBalancer } from "../spec.ts";

/** Dedicated load-balancer hosts come in twos or threes, with a balancer and keepalived on them. */
export const loadBalancerNodes: Rule = {
  id: "load-balancer-nodes",
  summary: "Dedicated load-balancer nodes are two or three, and run keepalived and a balancer.",
  reason:
    "one is a single point of failure, and a fourth adds VRRP peers and no availability; without an API server and a kubelet of their own they need a balancer, and kube-vip cannot run there",
  check: ({ nodes, virtualIP, loadBalancer }) => {
    const dedicated = nodes.filter(({ role }) => role === "load-balancer");
    const [first] = dedicated;
    if (first === undefined) return [];
    const path = `${first.path}.role`;
    return [
      ...count(dedicated.length, path),
      ...(!isBalancer(loadBalancer.provider) && loadBalancer.provider !== "lvs"
        ? [
            error(
              "loadBalancer.provider",
              `${loadBalancer.provider} leaves the load-balancer nodes with nothing to run`,
              "use haproxy or nginx",
            ),
          ]
        : []),
      ...(virtualIP.provider === "keepalived"
        ? []
        : [
            error(
              path,
              virtualIP.provider === "none"
                ? "has no address to hold: virtualIP.provider is none"
                : `${virtualIP.provider} needs the API server of its own node`,
              "use virtualIP.provider keepalived",
            ),
          ]),
    ];
  },
};

function count(number: number, path: string): readonly Problem[] {
  if (number === 1)
    return [
      {
        severity: "warning",
        path,
        message: "one load-balancer node: the API is gone with it",
        remedy: "add a second one",
      },
    ];
  return number > 3 ? [error(path, `${number} load-balancer nodes`, "use two or three")] : [];
}

function error(path: string, message: string, remedy: string): Problem {
  return { severity: "error", path, message, remedy };
}
