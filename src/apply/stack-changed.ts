import type { NodeProblem } from "../checks/check.ts";
import { type ClusterSpec, nodeNamed } from "../config/spec.ts";
import { isAgentManifest, isAgentUnit } from "../plan/node-files.ts";
import {
  keptMessages,
  nodeChangedMessage,
  placementChangedMessage,
  stackChangedMessage,
} from "../plan/node-messages.ts";
import type { PlannedNode } from "../plan/plan.ts";
import type { NodeIdentity, NodeState } from "../plan/state.ts";

/** What an earlier run decided and this one must not overturn by the way. */
export function stateProblems(
  spec: ClusterSpec,
  node: PlannedNode,
  { state, identity }: { readonly state: NodeState | undefined; readonly identity: NodeIdentity },
): readonly NodeProblem[] {
  if (state === undefined) return [];
  const problems: NodeProblem[] = [];
  const before = { virtualIP: state.virtualIP.provider, loadBalancer: state.loadBalancer.provider };
  const after = { virtualIP: spec.virtualIP.provider, loadBalancer: spec.loadBalancer.provider };
  if (state.node !== node.name)
    problems.push({ name: "NodeChanged", severity: "error", message: nodeChangedMessage(state.node, node.name) });
  if (before.virtualIP !== after.virtualIP || before.loadBalancer !== after.loadBalancer)
    problems.push({ name: "StackChanged", severity: "error", message: stackChangedMessage(before, after) });
  const placed = (paths: readonly string[]): string | undefined =>
    paths.some(isAgentUnit) ? "systemd" : paths.some(isAgentManifest) ? "static-pod" : undefined;
  const [had, wants] = [placed(state.files.map(({ path }) => path)), placed(node.files.map(({ path }) => path))];
  if (had !== undefined && wants !== undefined && had !== wants)
    problems.push({ name: "StackChanged", severity: "error", message: placementChangedMessage(had, wants) });
  const configured = spec.keepalived.virtualRouterID;
  if (identity.virtualRouterID !== null && identity.virtualRouterID !== configured)
    problems.push({
      name: "VirtualRouterIDKept",
      severity: "warning",
      message: keptMessages.virtualRouterID(String(identity.virtualRouterID), String(configured)),
    });
  const rank = nodeNamed(spec, node.name).rank;
  if (identity.rank !== null && rank !== undefined && identity.rank !== rank)
    problems.push({
      name: "RankKept",
      severity: "warning",
      message: keptMessages.rank(String(identity.rank), String(rank)),
    });
  return problems;
}
