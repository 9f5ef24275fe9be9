import { type ClusterSpec, isAgentNode, type NodeSpec } from "../config/spec.ts";
import type { PlannedFile } from "../plan/plan.ts";

export type ComponentName =
  | "kube-vip"
  | "kube-vip-cloud-provider"
  | "keepalived"
  | "haproxy"
  | "nginx"
  | "external"
  | "kubeadm-ha-proxy"
  | "kubeadm-ha-redirect"
  | "kubeadm-ha-hosts"
  | "kubeadm-ha-lvs-member";

/** A program we put on nodes: everything the rest of the product needs to know about it. */
export interface Component {
  readonly name: ComponentName;
  readonly summary: string;
  /**
   * The nodes that run it: `agents` are those that may hold the virtual IP, which need not be control-plane nodes;
   * `cluster` are all that have a kubelet.
   */
  readonly place: "agents" | "control-plane" | "workers" | "cluster";
  /** Whether this cluster uses it. */
  appliesTo(spec: ClusterSpec): boolean;
  /** Its files on one node; none on nodes that do not run it. */
  files(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[];
  images(spec: ClusterSpec): readonly string[];
  ports(spec: ClusterSpec): readonly PortUse[];
  /** What the kernel must offer, in the words of a person who checks it. */
  readonly kernel: readonly string[];
  /** Programs that its node needs where it runs as a service; none where it runs in pods only. */
  readonly programs: readonly string[];
  /** It is a service of the host wherever the others run. */
  readonly isService?: true;
  /** Debian package names for those who build the image or run it on the host. */
  readonly packages: readonly string[];
  kubeadm(spec: ClusterSpec): KubeadmNeeds;
  /** How a changed file takes effect without a restart, for a person at the node; absent where there is no file. */
  reload?(spec: ClusterSpec): string;
  /** How its daemon checks a configuration before it is used. */
  readonly configCheck?: ConfigCheck;
  /** What the runbook says beyond the common steps. */
  runbook(spec: ClusterSpec): RunbookNotes;
}

/** Whether a node is one of those that run a component. */
export function runsOn({ place }: Component, spec: ClusterSpec, node: NodeSpec): boolean {
  if (place === "agents") return isAgentNode(spec, node);
  if (place === "cluster") return node.role !== "load-balancer";
  return node.role === (place === "workers" ? "worker" : place);
}

/** A daemon's own check of its file. */
export interface ConfigCheck {
  readonly path: string;
  /** The command without the file, which comes last; its status 0 is yes. */
  readonly command: readonly string[];
  /** What a program says that was built without a part which the image has: its no is no answer. */
  readonly lacks?: string;
}

/** A port or protocol that a firewall must let through. */
export interface PortUse {
  /** A port, or with protocol `ip` the number of an IP protocol (112 is VRRP). */
  readonly port: number;
  readonly protocol: "tcp" | "udp" | "ip";
  /** The address that the component listens at, `*` for all of both families; undefined where another program does. */
  readonly bind?: string;
  readonly from: "clients" | "nodes and pods" | "control plane" | "load balancers" | "monitoring" | "loopback";
  readonly why: string;
}

/** What a component asks of the kubeadm documents. */
export interface KubeadmNeeds {
  /** Names or addresses that its clients use and the API server's certificate must carry. */
  readonly certSANs: readonly string[];
}

export interface RunbookNotes {
  /** What must be there before the first node, where somebody else provides it; one paragraph each. */
  readonly requirements?: readonly string[];
  /** Shell commands that show whether it works, each with its reason. */
  readonly checks: readonly Command[];
  /** What it does not protect from, one sentence each. */
  readonly limits: readonly string[];
  /** Files of objects that a person gives to the cluster, on the founding node. */
  readonly toApply?: readonly ObjectsToApply[];
}

/** A file of objects; with a distribution that applies it by itself there is nothing to do. */
export interface ObjectsToApply {
  readonly path: string;
  readonly reason: string;
  /** Whether nothing else works before it; else it is for the end. */
  readonly first: boolean;
}

export interface Command {
  readonly command: string;
  readonly reason: string;
}
