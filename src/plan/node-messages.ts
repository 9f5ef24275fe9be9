import type { PlannedNode } from "./plan.ts";

/** Why a file cannot take its place. */
export type ForeignKind = "foreign" | "changed" | "owner" | "link" | "directory" | "special" | "parent" | "parent-link";

/** kubeadm's way to name a problem with a file: `ForeignFile--etc-kubeadm-ha-ha.yaml`. */
export function problemName(check: string, path: string): string {
  return `${check}-${path.replaceAll("/", "-")}`;
}

/** What is wrong with the file that stands where ours should, and what to do. */
export function foreignFileMessage(path: string, kind: ForeignKind): string {
  return `${JSON.stringify(path)} ${foreignFileReasons[kind]}`;
}

/** The end of the sentence that begins with the path. */
export const foreignFileReasons: Readonly<Record<ForeignKind, string>> = {
  foreign: "is not from kubeadm-ha: move it away, or give --adopt, which keeps it for kubeadm-ha reset",
  changed:
    "was changed since kubeadm-ha wrote it: put the change into ha.yaml, or give --adopt, which keeps a copy for kubeadm-ha reset",
  owner: "belongs to another user: give it to root, or give --adopt, which keeps it for kubeadm-ha reset",
  link: "is a symbolic link, where a file of kubeadm-ha belongs: remove it",
  directory: "is a directory, where a file of kubeadm-ha belongs: move it away",
  special: "is neither a file nor a directory: remove it",
  parent: "cannot be written: a directory above it is none",
  "parent-link": "cannot be written: a directory above it is a symbolic link, which could lead elsewhere",
};

/** What a run reports of a file, on standard output. */
export function fileReport(
  phase: string,
  verb: "Writing" | "unchanged" | "Removing" | "keeping" | "Starting",
  path: string,
): string {
  return `[${phase}] ${verb} ${JSON.stringify(path)}`;
}

/** How a node's role is known, for people. */
export const roleReasons = {
  asked: (role: string) => `as --${role} says`,
  before: "as before",
  worker: "it is a worker",
  loadBalancer: "it is a load balancer",
  notFirst: "it is not the first control-plane node",
  joinFile: "there is a join file",
  nothingAnswers: (urls: string) => `nothing answers at ${urls}`,
  ignored: "although a cluster answers",
  silent: "although a cluster may be there",
  nobodyToAsk: "although nobody could ask for a cluster",
  cannotAsk:
    "the endpoint cannot be asked whether there is a cluster, since none of curl, wget, bash and openssl is here: say --init or --join",
} as const;

/** A rebuilt first node must not found a second cluster. */
export function clusterExistsMessage(url: string): string {
  return `${url} answers, so there is a cluster: --join makes this node a member of it, --init founds another one all the same`;
}

/** An API server that hangs, or a balancer before one, is a cluster as long as nobody says otherwise. */
export function clusterSilentMessage(url: string): string {
  return `${url} takes connections and does not answer, so there may be a cluster whose API server hangs: mend that one, or --join makes this node a member of it; if there is none yet, only a load balancer, --init founds it`;
}

/** The line that tells what the node is going to be. */
export function roleReport(node: Pick<PlannedNode, "name" | "role">, role: string, reason: string): string {
  const part =
    node.role === "load-balancer" ? "serves the cluster" : role === "init" ? "founds the cluster" : "joins the cluster";
  return `[preflight] ${node.name} ${part}: ${reason}`;
}

interface Stack {
  readonly virtualIP: string;
  readonly loadBalancer: string;
}

/** Changing the providers under a live virtual IP takes more than other files. */
export function stackChangedMessage(before: Stack, after: Stack): string {
  const words = ({ virtualIP, loadBalancer }: Stack): string =>
    `${virtualIP} with ${loadBalancer === "none" ? "no load balancer" : loadBalancer}`;
  return `this node runs ${words(before)}, and the configuration wants ${words(after)}: both would serve the virtual IP for a while; go back to the old one, or kubeadm-ha reset first`;
}

/** The same for programs that move from pods to services or back. */
export function placementChangedMessage(before: string, after: string): string {
  return `this node runs its programs as ${before}, and the configuration wants ${after}: both would serve the virtual IP for a while; go back to the old one, or kubeadm-ha reset first`;
}

/** Where systemd is not what runs the machine, nobody starts a unit. */
export function unitsLeftMessage(units: readonly string[]): string {
  return `[start] systemd does not run here; where it does: systemctl enable --now ${units.join(" ")}`;
}

/** What is written is there, but does not run. */
export function notStartedMessage(command: string, said: string): string {
  return `everything is written, but ${command} failed: ${said}`;
}

/** A machine has one name. */
export function nodeChangedMessage(before: string, after: string): string {
  return `this machine was prepared as ${before}, and now it is to be ${after}: kubeadm-ha reset first, if it really changes its part`;
}

/** Numbers that stay what they were on a node though the configuration would now give others. */
export const keptMessages = {
  virtualRouterID: (kept: string, configured: string): string =>
    `this node keeps virtual router ID ${kept}, though the configuration now gives ${configured}: write keepalived.virtualRouterID: ${kept} into ha.yaml, so that new nodes get it too`,
  rank: (kept: string, configured: string): string =>
    `this node keeps rank ${kept}, though the configuration now gives ${configured}: write the ranks into ha.yaml, so that no two nodes get the same`,
} as const;

/** Where the interface of the virtual IP could not be found. */
export function interfaceMissingMessage(node: string, address: string): string {
  return `no interface of this machine has ${address}, the address of ${node}, so the one of the virtual IP is unknown: write interface: into ha.yaml`;
}

/** In place of a text that --dry-run must not show. */
export const notShown = "(it holds secrets of the configuration, which are not shown)";
