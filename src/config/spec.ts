import type { Address, Prefix } from "../net/address.ts";
import type { Distribution } from "./distributions.ts";
import type { KubeadmDocument } from "./kubeadm-documents.ts";
import type { KubeVipSpec, ServiceLoadBalancerSpec } from "./kube-vip-spec.ts";
import type { PatchFile } from "./patches.ts";
import type { KubernetesVersion } from "./kubernetes-version.ts";

export type Failover = "conservative" | "balanced" | "fast";
export type VirtualIPProvider = "kube-vip" | "keepalived" | "none";
export type LoadBalancerProvider = "haproxy" | "nginx" | "lvs" | "external" | "none";
export type NodeRole = "control-plane" | "load-balancer" | "worker";
export type Placement = "static-pod" | "systemd" | "daemon-set";

/**
 * A cluster with every question answered: what the user wrote, the flags over it, and the defaults
 * under it. All times are milliseconds unless the name says seconds.
 */
export interface ClusterSpec {
  readonly kubernetesVersion: KubernetesVersion;
  /** Where clients reach the API; the host is never bracketed. */
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly virtualIP: VirtualIPSpec;
  readonly loadBalancer: LoadBalancerSpec;
  /** How the programs run on control-plane nodes: a DaemonSet is kube-vip's alone; see `runsOnHosts`. */
  readonly deployAs: Placement;
  readonly host: HostSpec;
  /** The proxy of every worker, if there is one. */
  readonly workerProxy: WorkerProxySpec | undefined;
  readonly failover: Failover;
  /** kubeadm's localAPIEndpoint.bindPort on every control-plane node. */
  readonly apiServerPort: number;
  /** Further names and addresses for the API server's certificate, as the user gave them. */
  readonly certSANs: readonly string[];
  /** Whether the nodes' /etc/hosts gets the endpoint's name. */
  readonly hosts: boolean;
  /** Further TCP ports that the balancers lead to the control-plane nodes. */
  readonly extraPorts: readonly number[];
  readonly images: ImagesSpec;
  readonly keepalived: KeepalivedSpec;
  readonly haproxy: HaproxySpec;
  readonly nginx: NginxSpec;
  readonly kubeVip: KubeVipSpec;
  /** Lines of the user's own, by the block at whose end they stand. */
  readonly snippets: Readonly<Partial<Record<SnippetKey, readonly string[]>>>;
  /** LoadBalancer services through kube-vip; undefined without. */
  readonly serviceLoadBalancer: ServiceLoadBalancerSpec | undefined;
  readonly distribution: Distribution;
  /** Directory of the kubelet's static pods. */
  readonly staticPodPath: string;
  /** The kubeconfig that kube-vip uses, on every control-plane node. */
  readonly kubeconfigPath: string;
  readonly nodes: readonly NodeSpec[];
  /** kubeadm's own documents as the user wrote them: the base of what we write. */
  readonly kubeadmDocuments: readonly KubeadmDocument[];
  /** What changes manifests after they were made, ours and kubeadm's, in the order in which it applies. */
  readonly patches: readonly PatchFile[];
  /** Which of kubernetesVersion, controlPlaneEndpoint and apiServerPort a flag set: a flag wins over every document. */
  readonly fromFlags: readonly string[];
}

/** The blocks that can have lines of the user's own. */
export const snippetKeys = [
  "keepalived.global",
  "keepalived.instance",
  "haproxy.global",
  "haproxy.defaults",
  "haproxy.frontend",
  "nginx.main",
  "nginx.stream",
  "nginx.server",
] as const;
export type SnippetKey = (typeof snippetKeys)[number];

export interface VirtualIPSpec {
  readonly provider: VirtualIPProvider;
  /** One or two, at most one per family, in the user's order; none without a provider. */
  readonly addresses: readonly Address[];
  /** The networks the user wrote beside the addresses (/24), for checking only; /32 and /128 are configured. */
  readonly networks: readonly Prefix[];
  /** The network interface on machines that are not listed; undefined lets kube-vip find it. */
  readonly interface?: string | undefined;
}

export interface LoadBalancerSpec {
  readonly provider: LoadBalancerProvider;
  /** Where the balancer listens, on whatever machine; equals the API server's port when there is no balancer. */
  readonly port: number;
  /** A port of the virtual IP that nftables leads to `port`; undefined without. */
  readonly redirectFrom?: number | undefined;
  /** /livez, /readyz and /metrics on 127.0.0.1. */
  readonly healthPort: number;
}

export interface WorkerProxySpec {
  readonly provider: "haproxy" | "nginx";
}

export interface ImagesSpec {
  readonly kubeVip: string;
  readonly keepalived: string;
  readonly haproxy: string;
  readonly kubeVipCloudProvider: string;
  readonly nginx: string;
  /** The names that images had before images.repository took the place of their registry, by the new ones. */
  readonly originals?: Readonly<Record<string, string>> | undefined;
}

/** Software of the machines, where it does not come in images. */
export interface HostSpec {
  readonly family: "debian" | "rhel";
  /** Versions as the programs tell them, such as 2.2.7. */
  readonly keepalived: string;
  readonly haproxy: string;
  readonly nginx: string;
}

export interface KeepalivedSpec {
  readonly virtualRouterID: number;
  /** Whether the user named the virtual router ID: else a node keeps the one of an earlier run. */
  readonly virtualRouterIDChosen: boolean;
  readonly advertisementInterval: number;
  /** 1 to 99, or 0 for ordinary scheduling. */
  readonly realtimePriority: number;
  readonly checkTimeout: number;
  /** Adverts to everybody on the segment instead of to the other nodes. */
  readonly multicast: boolean;
  /** On the nodes: the key that signs adverts; undefined without. */
  readonly hmacKeyFile?: string | undefined;
}

export interface HaproxySpec {
  readonly checkInterval: number;
  readonly fastInterval: number;
  readonly checkTimeout: number;
  readonly connectTimeout: number;
  readonly fall: number;
  readonly rise: number;
  readonly balance: string;
  readonly maxConnections: number;
  readonly tunnelTimeout: number;
  /** How long an old worker may keep its connections after a reload or stop. */
  readonly drainTimeout: number;
}

export interface NginxSpec {
  readonly connectTimeout: number;
  /** Failed connects until an API server is spared. */
  readonly maxFails: number;
  /** How long it is spared. */
  readonly failTimeout: number;
  readonly idleTimeout: number;
}

export interface NodeSpec {
  readonly name: string;
  /** Its key in the configuration, such as `nodes[1]`. */
  readonly path: string;
  /** One or two, at most one per family; the first is the one the API server advertises. */
  readonly addresses: readonly Address[];
  readonly role: NodeRole;
  /** The network interface of the virtual IP; undefined lets the node or kube-vip find it. */
  readonly interface: string | undefined;
  /** The node's own BGP router id; undefined for its IPv4 address. */
  readonly bgpRouterID?: string | undefined;
  /** Order of preference among the nodes that run the VIP agent, from 0; undefined for nodes that do not. */
  readonly rank: number | undefined;
  /** Whether the user named the rank: else a node keeps the one of an earlier run. */
  readonly rankChosen: boolean;
}

/** Whether a balancer of ours runs on the agent nodes. */
export function runsLoadBalancer({ loadBalancer }: ClusterSpec): boolean {
  return isBalancer(loadBalancer.provider);
}

/** Whether we set this load balancer up. */
export function isBalancer(provider: string | undefined): provider is "haproxy" | "nginx" {
  return provider === "haproxy" || provider === "nginx";
}

/** The nodes that run an API server, in the user's order. */
export function controlPlaneNodes(spec: ClusterSpec): readonly NodeSpec[] {
  return spec.nodes.filter((node) => node.role === "control-plane");
}

/** The nodes that may hold the virtual IP and run the balancer: dedicated ones where there are any. */
export function agentNodes(spec: ClusterSpec): readonly NodeSpec[] {
  const dedicated = spec.nodes.filter((node) => node.role === "load-balancer");
  return dedicated.length > 0 ? dedicated : controlPlaneNodes(spec);
}

/** Whether keepalived and the balancer run on this node. */
export function isAgentNode(spec: ClusterSpec, node: NodeSpec): boolean {
  const isDedicated = spec.nodes.some(({ role }) => role === "load-balancer");
  return node.role === (isDedicated ? "load-balancer" : "control-plane");
}

/** Whether the balancers have machines of their own, without API servers. */
export function hasDedicatedBalancers(spec: ClusterSpec): boolean {
  return spec.nodes.some(({ role }) => role === "load-balancer");
}

/** Whether keepalived and the balancer run as services of systemd: machines without a kubelet have no other way. */
export function runsOnHosts(spec: ClusterSpec): boolean {
  return spec.deployAs === "systemd" || hasDedicatedBalancers(spec);
}

/** The node that founds the cluster with `kubeadm init`; the others join. */
export function initNode(spec: ClusterSpec): NodeSpec | undefined {
  return controlPlaneNodes(spec)[0];
}

/** The node of a name that is known to be the cluster's. */
export function nodeNamed(spec: ClusterSpec, name: string): NodeSpec {
  const node = spec.nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw new Error(`the cluster has no node ${name}`);
  return node;
}

/** The node's address of the family of `like`, else its first. */
export function nodeAddress(node: NodeSpec, like: Address | undefined): Address {
  const address = node.addresses.find((candidate) => candidate.family === like?.family) ?? node.addresses[0];
  if (address === undefined) throw new Error(`node ${node.name} has no address`);
  return address;
}
