import { parseAddress, parsePrefix } from "../net/address.ts";
import { isEndpointProblem, parseEndpoint } from "../net/endpoint.ts";
import { type Distribution, distributions } from "./distributions.ts";
import type { HAConfiguration } from "./schema.ts";
import type { Failover } from "./spec.ts";

/** What a default may depend on. */
export interface Draft {
  readonly configuration: HAConfiguration;
  /** kubeadm's bindPort, from its own documents or the flag. */
  readonly apiServerPort: number;
  /** controlPlaneEndpoint of the user's ClusterConfiguration. */
  readonly documentEndpoint?: string | undefined;
}

/** The value a key has when nobody says otherwise, in the user's own form, and why it is that. */
export interface Default<Value> {
  readonly reason: string;
  value(draft: Draft): Value;
}

interface Preset {
  readonly advertisementInterval: string;
  readonly checkInterval: string;
  readonly fastInterval: string;
  readonly fall: number;
  readonly checkTimeout: string;
  readonly connectTimeout: string;
  readonly nginxConnectTimeout: string;
  readonly lease: readonly [duration: string, renew: string];
}

const presets: Readonly<Record<Failover, Preset>> = {
  conservative: {
    advertisementInterval: "1s",
    checkInterval: "2s",
    fastInterval: "500ms",
    fall: 3,
    checkTimeout: "2s",
    connectTimeout: "500ms",
    nginxConnectTimeout: "2s",
    lease: ["15s", "10s"],
  },
  balanced: {
    advertisementInterval: "300ms",
    checkInterval: "1s",
    fastInterval: "250ms",
    fall: 2,
    checkTimeout: "1s",
    connectTimeout: "500ms",
    nginxConnectTimeout: "500ms",
    lease: ["10s", "7s"],
  },
  fast: {
    advertisementInterval: "100ms",
    checkInterval: "500ms",
    fastInterval: "100ms",
    fall: 2,
    checkTimeout: "500ms",
    connectTimeout: "100ms",
    nginxConnectTimeout: "100ms",
    lease: ["5s", "3s"],
  },
};

const byPreset = "the failover preset; smaller finds faults sooner and takes a stall for a fault sooner";

/** Every default there is. */
export const defaults = {
  controlPlaneEndpoint: of("the first virtual IP, with the port on which it is served", endpointOf),
  "virtualIP.interface": of("none: each node names its own, or it is found on the node", () => undefined),
  "loadBalancer.provider": of(
    "none: the virtual IP leads straight to the API server of its holder",
    () => "none" as const,
  ),
  "loadBalancer.port": of(
    "the endpoint's port unless it is redirectFrom, else 8443, since the API server beside it has 6443; 6443 on machines of their own; an external balancer's must be said",
    loadBalancerPort,
  ),
  "loadBalancer.redirectFrom": of("none: clients name the load balancer's own port", () => undefined),
  "loadBalancer.healthPort": of("8405, which nothing of Kubernetes uses; it is bound to 127.0.0.1 only", () => 8405),
  deployAs: of(
    "kubelet starts and restarts static pods, so the nodes need no further packages",
    () => "static-pod" as const,
  ),
  failover: of(
    "three missed adverts are 0.9 s; fast is sooner and takes shorter stalls for faults, conservative waits 3 s",
    () => "balanced" as const,
  ),
  "nodes[].role": of("most files list control-plane nodes only", () => "control-plane" as const),
  "nodes[].interface": of("virtualIP.interface", () => undefined),
  "nodes[].rank": of(
    "the order of the file; priority = 250 − 30 × rank, far enough apart that two nodes never rise together",
    () => undefined,
  ),
  "host.family": of("Debian and Ubuntu; it decides paths, accounts and package names", () => "debian" as const),
  "host.keepalived": of(
    "Debian 12's; keywords that a version lacks are refused, and preflight looks at what is installed",
    () => "2.2.7",
  ),
  "host.haproxy": of("Debian 12's", () => "2.6.12"),
  "host.nginx": of("Debian 12's", () => "1.22.1"),
  certSANs: of("none: every virtual IP and the endpoint's name are added by themselves", (): readonly string[] => []),
  hosts: of("DNS knows the endpoint's name, which clients outside need anyway", () => false),
  extraPorts: of("none: the virtual IP is the API's", (): readonly number[] => []),
  distribution: of("the tool exists for kubeadm", (draft) => distributionOf(draft)),
  staticPodPath: of(
    "where the distribution's kubelet looks",
    (draft) => distributions[distributionOf(draft)].staticPods,
  ),
  kubeconfigPath: of(
    "the distribution's own for its administrator; none of RKE1's is on the nodes",
    (draft) => distributions[distributionOf(draft)].kubeconfig,
  ),
  members: of("the file is the list; nothing is asked at run time", () => "file" as const),
  "images.repository": of("none: images come from the registries in their names", () => undefined),
  "images.kubeVip": of(
    "the newest release that the tests can build; v1.2.2 never finds its API server; with iptables where IPVS masquerades",
    kubeVipImage,
  ),
  "images.keepalived": of(
    "a current keepalived with a shell; kept by one person, so consider building your own: kubeadm-ha images --containerfile keepalived",
    () => "ghcr.io/cplieger/docker-keepalived:2.4.3",
  ),
  "images.haproxy": of("the long-term-support line of the official image", () => "docker.io/library/haproxy:3.0.26"),
  "images.kubeVipCloudProvider": of("the newest release", () => "ghcr.io/kube-vip/kube-vip-cloud-provider:v0.0.12"),
  "images.nginx": of("the stable line of the official image", () => "docker.io/library/nginx:1.28"),
  "keepalived.virtualRouterID": of(
    "1 + FNV-1a(first virtual IP) mod 254, without 51, which every tutorial uses: clusters on one network rarely meet",
    virtualRouterID,
  ),
  "keepalived.advertisementInterval": of(byPreset, (draft) => preset(draft).advertisementInterval),
  "keepalived.realtimePriority": of(
    "off: it needs another capability, and 100 ms were never missed without it",
    () => 0,
  ),
  "keepalived.checkTimeout": of(
    "longer than one run of the check, which holds a connection for almost a second",
    () => "3s",
  ),
  "keepalived.multicast": of(
    "unicast: switches with IGMP snooping and clouds drop multicast, and any machine of the segment can take part in it",
    () => false,
  ),
  "keepalived.hmacKeyFile": of(
    "none: adverts are not signed; a firewall lets them in from the nodes only",
    () => undefined,
  ),
  "haproxy.checkInterval": of(byPreset, (draft) => preset(draft).checkInterval),
  "haproxy.fastInterval": of(byPreset, (draft) => preset(draft).fastInterval),
  "haproxy.checkTimeout": of(byPreset, (draft) => preset(draft).checkTimeout),
  "haproxy.connectTimeout": of(
    "a connect that fails is tried on another API server at once, so it need not wait",
    (draft) => preset(draft).connectTimeout,
  ),
  "haproxy.fall": of(byPreset, (draft) => preset(draft).fall),
  "haproxy.rise": of("one good answer may be luck, two are not", () => 2),
  "haproxy.balance": of("API connections live long: new ones go where fewest are", () => "leastconn" as const),
  "haproxy.maxConnections": of(
    "16,000 file descriptors fit the usual limit of 20,000; without a limit haproxy takes all memory it may",
    () => 8000,
  ),
  "haproxy.tunnelTimeout": of(
    "idle watches and kubectl exec may be silent for hours; dead peers are found by keepalive",
    () => "4h",
  ),
  "haproxy.drainTimeout": of("watches never end by themselves; the pod's grace period is 30 s", () => "15s"),
  "nginx.connectTimeout": of(
    "a connect that fails is tried on another API server; nginx learns of dead ones by nothing else, so not too short",
    (draft) => preset(draft).nginxConnectTimeout,
  ),
  "nginx.maxFails": of("each further one costs a client connectTimeout", () => 1),
  "nginx.failTimeout": of(
    "after it a client tries again; for as long nginx refuses everybody after all API servers were down",
    () => "5s",
  ),
  "nginx.idleTimeout": of("idle watches and kubectl exec may be silent for hours", () => "4h"),
  "kubeVip.mode": of("ARP needs nothing of the network but one segment", () => "arp" as const),
  "kubeVip.election": of("the lease of the Kubernetes API", () => "lease" as const),
  "kubeVip.leaseDuration": of(byPreset, (draft) => preset(draft).lease[0]),
  "kubeVip.renewDeadline": of(byPreset, (draft) => preset(draft).lease[1]),
  "kubeVip.retryPeriod": of("a lease that is given back has a new holder within 2.2 × this", () => "1s"),
  "kubeVip.bootstrapCredential": of(
    "auto: super-admin.conf from Kubernetes 1.29, where admin.conf has no rights until init is nearly done",
    () => "auto" as const,
  ),
  "kubeVip.bgp.localAS": of("kube-vip's own default, a private number", () => 65_000),
  "kubeVip.bgp.sourceIP": of("the kernel chooses the address by its route to the router", () => false),
  "kubeVip.bgp.holdTime": of("kube-vip's own default", () => "30s"),
  "kubeVip.bgp.keepaliveInterval": of("kube-vip's own default, a third of the hold time", () => "10s"),
  "kubeVip.bgp.healthCheck": of(
    "without it a node with a dead API server keeps its route, and with it a share of the connections",
    () => true,
  ),
  "kubeVip.routingTable.table": of("kube-vip's own default", () => 198),
  "kubeVip.routingTable.protocol": of("kube-vip's own default", () => 248),
  "kubeVip.routingTable.clean": of("routes that another program put into the table stay", () => false),
  "kubeVip.ipvs.forwardingMethod": of(
    "the only one that spreads connections over API servers as they are; local hands all to the holder's own",
    () => "masquerade" as const,
  ),
  "kubeVip.ipvs.checkInterval": of("kube-vip's own default", () => "5s"),
  "kubeVip.nodeLabeling": of("nothing in the cluster needs the label", () => false),
  "kubeVip.preserveOnLeadershipLoss": of("two nodes with one address are worse than none", () => false),
  "serviceLoadBalancer.deployAs": of(
    "a kube-vip that loses the services' election restarts, and would take the control plane's address with it; with BGP, where nobody is elected, the one kube-vip of a node has its sessions",
    servicesPlace,
  ),
  "serviceLoadBalancer.electionPerService": of("one lease: all addresses are on one node", () => false),
  "serviceLoadBalancer.onlyServicePorts": of(
    "as kube-vip does; without it every port of the holder answers at every service's address",
    () => false,
  ),
  "serviceLoadBalancer.cloudProvider": of("without it every service must name its address", () => true),
  "serviceLoadBalancer.searchOrder": of("the lowest free address", () => "asc" as const),
  "serviceLoadBalancer.skipEndAddresses": of("addresses of a pool are all usable in ARP mode", () => false),
  "kubeVip.metricsAddress": of("kube-vip's own default", () => ":2112"),
  "kubeVip.hosts": of(
    "auto: a mounted hosts file below Kubernetes 1.32, whose kubelets lose hostAliases of host-network pods",
    () => "auto" as const,
  ),
} satisfies Readonly<Record<string, Default<unknown>>>;

export type DefaultKey = keyof typeof defaults;

function of<Value>(reason: string, value: (draft: Draft) => Value): Default<Value> {
  return { reason, value };
}

function preset(draft: Draft): Preset {
  return presets[draft.configuration.failover ?? "balanced"];
}

function servicesPlace({ configuration: { kubeVip, virtualIP, deployAs } }: Draft): "static-pod" | "daemon-set" {
  const together = kubeVip?.mode === "bgp" && virtualIP?.provider === "kube-vip" && deployAs !== "daemon-set";
  return together ? "static-pod" : "daemon-set";
}

function distributionOf(draft: Draft): Distribution {
  return draft.configuration.distribution ?? "kubeadm";
}

// Up to v1.2.1 masquerading calls iptables, which only this image has: https://github.com/kube-vip/kube-vip/issues/1065
function kubeVipImage({ configuration: { kubeVip } }: Draft): string {
  const masquerades = kubeVip?.ipvs !== undefined && (kubeVip.ipvs.forwardingMethod ?? "masquerade") === "masquerade";
  return `ghcr.io/kube-vip/kube-vip${masquerades ? "-iptables" : ""}:v1.2.1`;
}

function endpointOf(draft: Draft): string | undefined {
  const { virtualIP, kubeVip } = draft.configuration;
  if (kubeVip?.dns !== undefined) return kubeVip.dns.name;
  const first = virtualIP?.addresses?.[0];
  return first === undefined ? undefined : (parsePrefix(first)?.address ?? parseAddress(first))?.text;
}

/** The port that is written behind the endpoint, if there is one. */
export function portOfEndpoint({ configuration, documentEndpoint }: Draft): number | undefined {
  // A flag has taken the place of the configuration's endpoint, so it wins over the document's.
  const written = configuration.controlPlaneEndpoint ?? documentEndpoint;
  const endpoint = written === undefined ? undefined : parseEndpoint(written);
  return endpoint === undefined || isEndpointProblem(endpoint) ? undefined : endpoint.port;
}

function loadBalancerPort(draft: Draft): number {
  const { configuration, apiServerPort } = draft;
  const written = portOfEndpoint(draft);
  // What is redirected is the API server's.
  if (written !== undefined && written !== configuration.loadBalancer?.redirectFrom) return written;
  if ((configuration.loadBalancer?.provider ?? "none") === "none") return apiServerPort;
  const isDedicated = (configuration.nodes ?? []).some(({ role }) => role === "load-balancer");
  return isDedicated ? 6443 : 8443;
}

function virtualRouterID(draft: Draft): number {
  const address = endpointOf(draft) ?? "";
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(address)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  const id = 1 + (hash % 254);
  return id >= 51 ? id + 1 : id;
}
