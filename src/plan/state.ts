import { apiVersion } from "../config/schema.ts";
import { agentNodes, type ClusterSpec, isAgentNode, type NodeSpec } from "../config/spec.ts";
import type { BootstrapRole } from "./plan.ts";

/** Where a node keeps what was written to it. */
export const statePath = "/etc/kubeadm-ha/state.json";

/** What earlier runs left on a node: what is ours there, and what must not change by itself. */
export interface NodeState {
  /** Version of the program that wrote it. */
  readonly product: string;
  readonly kubernetesVersion: string;
  readonly node: string;
  readonly role: BootstrapRole;
  readonly virtualIP: {
    readonly provider: string;
    readonly addresses: readonly string[];
    /** The interface that the files name; null where kube-vip finds it. */
    readonly interface: string | null;
  };
  readonly loadBalancer: { readonly provider: string };
  readonly virtualRouterID: number | null;
  readonly rank: number | null;
  /** Whether `finalize` has run. */
  readonly finalized: boolean;
  /** Directories that we made, outermost first. */
  readonly directories: readonly string[];
  /** Foreign files that ours took the place of; they are kept below `adoptedDirectory`. */
  readonly adopted: readonly string[];
  readonly files: readonly StateFile[];
}

/** A file of ours. */
export interface StateFile {
  readonly path: string;
  /** Octal, four digits. */
  readonly mode: string;
  readonly sha256: string;
  /** What it held before, while a run is under way: after a crash either is ours. */
  readonly replaces?: string;
}

/** Where foreign files wait for `reset`. */
export const adoptedDirectory = "/etc/kubeadm-ha/adopted";

/** What a state says of a node before anything is written. */
export type StateHead = Omit<NodeState, "directories" | "adopted" | "files">;

/** What the machine and its past add to the configuration. */
export interface NodeIdentity extends Pick<NodeState, "product" | "role" | "finalized" | "virtualRouterID" | "rank"> {
  readonly interface: string | undefined;
}

/** The head of a node's state. */
export function stateHead(spec: ClusterSpec, node: NodeSpec, identity: NodeIdentity): StateHead {
  return {
    product: identity.product,
    kubernetesVersion: spec.kubernetesVersion.text,
    node: node.name,
    role: identity.role,
    virtualIP: {
      provider: spec.virtualIP.provider,
      addresses: spec.virtualIP.addresses.map(({ text }) => text),
      interface: identity.interface ?? null,
    },
    loadBalancer: { provider: spec.loadBalancer.provider },
    virtualRouterID: identity.virtualRouterID,
    rank: identity.rank,
    finalized: identity.finalized,
  };
}

/**
 * The numbers by which keepalived nodes know each other: what the user chose, else what the node has,
 * else the default; null where keepalived does not run.
 */
export function vrrpNumbers(
  spec: ClusterSpec,
  node: NodeSpec,
  state: NodeState | undefined,
): Pick<NodeState, "virtualRouterID" | "rank"> {
  if (spec.virtualIP.provider !== "keepalived" || !isAgentNode(spec, node))
    return { virtualRouterID: null, rank: null };
  const { virtualRouterID, virtualRouterIDChosen } = spec.keepalived;
  const rank = node.rank ?? agentNodes(spec).indexOf(node);
  return {
    virtualRouterID: virtualRouterIDChosen ? virtualRouterID : (state?.virtualRouterID ?? virtualRouterID),
    rank: node.rankChosen ? rank : (state?.rank ?? rank),
  };
}

/** The canonical text: one entry a line, so that the node script can read and write it too. */
export function stateText(state: NodeState): string {
  const { directories, adopted, files, ...head } = state;
  return `${[
    ...stateHeadLines(head),
    ...listLines("directories", directories.map(quoted), ","),
    ...listLines("adopted", adopted.map(quoted), ","),
    ...listLines("files", files.map(stateFileText), ""),
    "}",
  ].join("\n")}\n`;
}

/** The first lines of the text, up to the lists. */
export function stateHeadLines(head: StateHead): readonly string[] {
  const { virtualIP, loadBalancer } = head;
  const addresses = virtualIP.addresses.map(quoted).join(", ");
  return [
    "{",
    `  "apiVersion": ${quoted(apiVersion)},`,
    '  "kind": "NodeState",',
    `  "version": ${stateVersion},`,
    `  "product": ${quoted(head.product)},`,
    `  "kubernetesVersion": ${quoted(head.kubernetesVersion)},`,
    `  "node": ${quoted(head.node)},`,
    `  "role": ${quoted(head.role)},`,
    `  "virtualIP": {"provider": ${quoted(virtualIP.provider)}, "addresses": [${addresses}], "interface": ${JSON.stringify(virtualIP.interface)}},`,
    `  "loadBalancer": {"provider": ${quoted(loadBalancer.provider)}},`,
    `  "virtualRouterID": ${head.virtualRouterID},`,
    `  "rank": ${head.rank},`,
    `  "finalized": ${head.finalized},`,
  ];
}

/** The version of the format that this program reads and writes. */
export const stateVersion = 1;

function listLines(name: string, entries: readonly string[], end: string): readonly string[] {
  if (entries.length === 0) return [`  "${name}": []${end}`];
  const lines = entries.map((entry, index) => `    ${entry}${index < entries.length - 1 ? "," : ""}`);
  return [`  "${name}": [`, ...lines, `  ]${end}`];
}

function stateFileText({ path, mode, sha256, replaces }: StateFile): string {
  const before = replaces === undefined ? "" : `, "replaces": ${quoted(replaces)}`;
  return `{"path": ${quoted(path)}, "mode": ${quoted(mode)}, "sha256": ${quoted(sha256)}${before}}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
