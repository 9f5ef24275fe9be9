import type { Address } from "../net/address.ts";

/** kube-vip with every question answered. */
export interface KubeVipSpec {
  readonly mode: "arp" | "bgp" | "routing-table";
  readonly election: "lease" | "etcd";
  readonly leaseDurationSeconds: number;
  readonly renewDeadlineSeconds: number;
  readonly retryPeriodSeconds: number;
  /** The kubeconfig of the first node's pod until `finalize`. */
  readonly bootstrapCredential: "super-admin" | "admin";
  /** How the pod finds the API server of its node: a mounted hosts file, hostAliases, or the node's address. */
  readonly hosts: "file" | "alias" | "address";
  /** Where metrics are served, or "" for nowhere. */
  readonly metricsAddress: string;
  readonly bgp: BGPSpec;
  readonly routingTable: { readonly table: number; readonly protocol: number; readonly clean: boolean };
  /** Load balancing by the holder; undefined without. */
  readonly ipvs: IPVSSpec | undefined;
  /** A virtual IP that is looked up; undefined where its addresses are given. */
  readonly dns: DNSSpec | undefined;
  readonly nodeLabeling: boolean;
  readonly preserveOnLeadershipLoss: boolean;
  /** Undefined where a lost link does not count. */
  readonly loseLeadershipAfterSeconds: number | undefined;
  readonly extraEnv: Readonly<Record<string, string>>;
}

export interface BGPSpec {
  readonly localAS: number;
  /** For a cluster of one node, which needs none of its own. */
  readonly routerID: string | undefined;
  readonly peers: readonly BGPPeer[];
  readonly sourceInterface: string | undefined;
  /** Whether sessions start from the node's own address. */
  readonly sourceIP: boolean;
  readonly holdTimeSeconds: number;
  readonly keepaliveIntervalSeconds: number;
  readonly healthCheck: boolean;
}

export interface BGPPeer {
  readonly address: Address;
  readonly as: number;
  readonly multihop: boolean;
  readonly bfd: boolean;
}

export interface IPVSSpec {
  readonly forwardingMethod: "masquerade" | "local" | "tunnel" | "directroute" | "bypass";
  readonly checkIntervalSeconds: number;
}

export interface DNSSpec {
  readonly name: string;
  readonly mode: "first" | "ipv4" | "ipv6" | "dual";
  /** Whether the address comes from DHCP under this name. */
  readonly dynamic: boolean;
}

/** LoadBalancer services through kube-vip. */
export interface ServiceLoadBalancerSpec {
  readonly deployAs: "static-pod" | "daemon-set";
  readonly interface: string | undefined;
  readonly electionPerService: boolean;
  /** The only loadBalancerClass that is served; undefined for services without a class. */
  readonly class: string | undefined;
  readonly onlyServicePorts: boolean;
  readonly cloudProvider: boolean;
  readonly pools: readonly AddressPool[];
  readonly searchOrder: "asc" | "desc";
  readonly skipEndAddresses: boolean;
  readonly egress: { readonly podCIDR: string | undefined; readonly serviceCIDR: string | undefined } | undefined;
}

/** Where the addresses of services come from. */
export interface AddressPool {
  /** Undefined for services of all namespaces without a pool of their own. */
  readonly namespace: string | undefined;
  readonly ranges: readonly string[];
  readonly cidrs: readonly string[];
  readonly dhcp: boolean;
  readonly interface: string | undefined;
  readonly shareAddresses: boolean;
}
