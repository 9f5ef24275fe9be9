import { type ClusterSpec, isAgentNode, type NodeSpec, runsLoadBalancer } from "../config/spec.ts";
import type { NodeCheck, NodeProblem } from "./check.ts";
import { problemCall } from "./shell.ts";

/** The distribution's daemons beside ours. */
export const service: NodeCheck = {
  id: "Service",
  summary: "The distribution's keepalived, haproxy and nginx do not run.",
  reason: "a second keepalived fights for the virtual IP or its virtual router ID, a second balancer for the ports",
  about: "machine",
  run: ({ spec, node, facts }) =>
    problems(spec, node)
      .filter(({ unit }) => facts.activeUnits.includes(unit))
      .map(({ problem }) => problem),
  shell: (spec, node) =>
    problems(spec, node).map(
      ({ unit, problem }) =>
        `! timeout -s KILL 10 systemctl is-active --quiet ${unit} >/dev/null 2>&1 || ${problemCall(problem)}`,
    ),
};

/** The units that are asked about. */
export const knownUnits = ["keepalived", "haproxy", "nginx"] as const;

function problems(
  spec: ClusterSpec,
  node: NodeSpec,
): readonly { readonly unit: string; readonly problem: NodeProblem }[] {
  if (!isAgentNode(spec, node)) return [];
  return knownUnits
    .filter((unit) => (unit === "keepalived" ? spec.virtualIP.provider !== "none" : runsLoadBalancer(spec)))
    .map((unit) => ({ unit, problem: active(unit, spec) }));
}

function active(unit: (typeof knownUnits)[number], { loadBalancer }: ClusterSpec): NodeProblem {
  const why =
    unit === "keepalived"
      ? "two agents fight for an address or a virtual router ID"
      : `it may hold a port that our ${loadBalancer.provider} needs`;
  return {
    name: `Service-${unit}`,
    severity: unit === "keepalived" ? "error" : "warning",
    message: `the distribution's service ${unit} is active, and ${why}: systemctl disable --now ${unit}`,
  };
}
