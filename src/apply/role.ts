import type { NodeProblem } from "../checks/check.ts";
import { endpointURLs } from "../config/endpoint-urls.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { clusterExistsMessage, clusterSilentMessage, roleReasons } from "../plan/node-messages.ts";
import type { BootstrapRole, PlannedNode } from "../plan/plan.ts";
import type { NodeState } from "../plan/state.ts";
import { askEndpoints } from "./ask-endpoint.ts";

/** Whether a node founds the cluster or joins it, and how that is known. */
export interface RoleDecision {
  readonly role: BootstrapRole;
  readonly reason: string;
  readonly problems: readonly NodeProblem[];
}

export interface RoleInput {
  readonly spec: ClusterSpec;
  readonly node: PlannedNode;
  /** What --init or --join says. */
  readonly asked: BootstrapRole | undefined;
  readonly state: NodeState | undefined;
  /** Whether kubeadm has made the machine a node already. */
  readonly member: boolean;
  readonly hasJoinFile: boolean;
}

/**
 * A rebuilt first node must never found a second cluster: it founds one only if nobody says otherwise
 * and no cluster answers.
 */
export async function decideRole({ spec, node, asked, state, member, hasJoinFile }: RoleInput): Promise<RoleDecision> {
  const known = (role: BootstrapRole, reason: string): RoleDecision => ({ role, reason, problems: [] });
  if (asked !== undefined) return known(asked, roleReasons.asked(asked));
  if (state !== undefined && member) return known(state.role, roleReasons.before);
  if (node.role === "load-balancer") return known("join", roleReasons.loadBalancer);
  if (node.role === "worker") return known("join", roleReasons.worker);
  if (node.bootstrap === "join") return known("join", roleReasons.notFirst);
  if (hasJoinFile) return known("join", roleReasons.joinFile);
  const urls = endpointURLs(spec);
  const answer = await askEndpoints(urls);
  if (answer === undefined) return known("init", roleReasons.nothingAnswers(urls.join(", ")));
  const { reason, message } = refusals[answer.kind];
  return {
    role: "init",
    reason,
    problems: [{ name: "ClusterExists", severity: "error", message: message(answer.url) }],
  };
}

const refusals = {
  answers: { reason: roleReasons.ignored, message: clusterExistsMessage },
  silent: { reason: roleReasons.silent, message: clusterSilentMessage },
} as const;
