import type { NodeProblem } from "../checks/check.ts";
import type { NodeFacts } from "../checks/facts.ts";
import { ignoreProblems, preflight } from "../checks/preflight.ts";
import { type ClusterSpec, nodeAddress, nodeNamed, type NodeSpec } from "../config/spec.ts";
import { UserError } from "../errors.ts";
import type { Io } from "../host/io.ts";
import { kubeadmConfigPath } from "../kubeadm/files.ts";
import { collectFacts } from "../observe/node-facts.ts";
import type { Facts } from "../plan/facts.ts";
import { identityFacts } from "../plan/identity-facts.ts";
import { type NodeFiles, nodeFiles } from "../plan/node-files.ts";
import { interfaceMissingMessage } from "../plan/node-messages.ts";
import { type BootstrapRole, joinFactNames, type PhaseName, type PlannedNode } from "../plan/plan.ts";
import { type NodeIdentity, type NodeState, vrrpNumbers } from "../plan/state.ts";
import { findJoinFile, type JoinFile, readJoinFile } from "./join-secrets.ts";
import { isChangedByHand, isFinalized, readNodeState } from "./node-state.ts";
import { decideRole, type RoleDecision } from "./role.ts";
import { stateProblems } from "./stack-changed.ts";
import { inspectTargets, type Target } from "./targets.ts";

/** What `prepare` is to do on this machine. */
export interface PrepareInput {
  readonly spec: ClusterSpec;
  readonly node: PlannedNode;
  /** Version of this program. */
  readonly product: string;
  /** "/" or the directory that stands for it. */
  readonly root: string;
  /** What --init or --join says. */
  readonly asked: BootstrapRole | undefined;
  readonly joinCommandFile: string | undefined;
  /** What --ignore-preflight-errors lists, in lower case. */
  readonly ignored: readonly string[];
  readonly adopt: boolean;
  readonly dryRun: boolean;
  /** Whether the configuration is one that a node keeps, from which secrets were left out. */
  readonly withoutSecrets: boolean;
  runs(phase: PhaseName): boolean;
}

/** Everything that is known before the first write. */
export interface Situation {
  readonly state: NodeState | undefined;
  readonly member: boolean;
  readonly decision: RoleDecision;
  readonly identity: NodeIdentity;
  readonly joinFile: JoinFile | undefined;
  /** What the join file gave. */
  readonly secrets: Facts;
  readonly files: NodeFiles;
  readonly targets: readonly Target[];
  /** Files of ours that are of no use any more but were changed by hand: they stay. */
  readonly abandoned: readonly string[];
  readonly problems: readonly NodeProblem[];
}

/** Looks at the machine and at what an earlier run left, and writes nothing. */
export async function examine(input: PrepareInput, io: Io): Promise<Situation> {
  const { spec, node, root } = input;
  const nodeSpec = nodeNamed(spec, node.name);
  const state = readNodeState(root);
  const found = collectFacts({ root, spec });
  const facts = node.role === "load-balancer" ? { ...found, member: state !== undefined } : found;
  const joinFile = input.asked === "init" ? undefined : findJoinFile(root, input.joinCommandFile, spec);
  const decision = await decideRole({ ...input, state, member: facts.member, hasJoinFile: joinFile !== undefined });
  const { role } = decision;
  const used = role === "join" ? joinFile : undefined;
  const secrets = used === undefined ? {} : readJoinFile(used, io, spec);
  const identity: NodeIdentity = {
    product: input.product,
    role,
    finalized: role === "init" && isFinalized(root, state),
    interface: nodeSpec.interface ?? interfaceOf(nodeSpec, { spec, facts }),
    ...vrrpNumbers(spec, nodeSpec, state),
  };
  const selected = nodeFiles(node, {
    view: { role, finalized: identity.finalized, facts: { ...secrets, ...identityFacts(identity) } },
    state,
    runs: input.runs,
    keeps: (path) => input.withoutSecrets && path === kubeadmConfigPath,
  });
  requireCertificateKey(selected, used, node);
  const { targets, foreign, impossible } = inspectTargets(root, selected.wanted, state);
  const abandoned = selected.stale.filter((path) => isChangedByHand(root, path, state));
  const checked = input.runs("preflight") ? preflight({ spec, node: nodeSpec, role, facts }) : [];
  const ignorable = [
    ...decision.problems,
    ...stateProblems(spec, node, { state, identity }),
    ...checked,
    ...(input.adopt ? [] : foreign),
  ];
  return {
    state,
    member: facts.member,
    decision,
    identity,
    joinFile: used,
    secrets,
    files: { ...selected, stale: selected.stale.filter((path) => !abandoned.includes(path)) },
    targets,
    abandoned,
    problems: [
      ...ignoreProblems(ignorable, input.ignored),
      ...missingInterface(selected, nodeSpec, spec),
      ...impossible,
    ],
  };
}

function interfaceOf(
  node: NodeSpec,
  { spec, facts }: { readonly spec: ClusterSpec; readonly facts: NodeFacts },
): string | undefined {
  const address = nodeAddress(node, spec.virtualIP.addresses[0]).text;
  return facts.addresses.find((candidate) => candidate.address === address)?.interface;
}

function requireCertificateKey(
  { incomplete, kept }: NodeFiles,
  joinFile: JoinFile | undefined,
  node: PlannedNode,
): void {
  const secret = joinFactNames as readonly string[];
  const lacks = incomplete.some(({ missing }) => missing.some((fact) => secret.includes(fact)));
  if (joinFile !== undefined && (lacks || kept.some(({ path }) => path === kubeadmConfigPath)))
    throw new UserError(
      `${joinFile.name}: the join file has no certificate key, which ${node.name} needs to join as a control-plane node; join-command.sh on the first node prints one`,
    );
}

function missingInterface({ incomplete }: NodeFiles, node: NodeSpec, spec: ClusterSpec): readonly NodeProblem[] {
  if (!incomplete.some(({ missing }) => missing.includes("interface"))) return [];
  const address = nodeAddress(node, spec.virtualIP.addresses[0]).text;
  return [{ name: "Interface", severity: "error", message: interfaceMissingMessage(node.name, address) }];
}
