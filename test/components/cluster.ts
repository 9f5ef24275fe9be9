import type { ClusterSpec, NodeSpec } from "../../src/config/spec.ts";
import { parseAddress } from "../../src/net/address.ts";
import type { Address } from "../../src/net/address.ts";
import { parseKubernetesVersion } from "../../src/config/kubernetes-version.ts";
import { byKubeadm, ordinaryKubeVip } from "../support/kube-vip-spec.ts";

/** Three nodes with keepalived and haproxy; `changes` replaces whole keys. */
export function cluster(changes: Partial<ClusterSpec> = {}): ClusterSpec {
  const kubernetesVersion = parseKubernetesVersion("v1.36.3");
  if (kubernetesVersion === undefined) throw new Error("no version");
  return {
    kubernetesVersion,
    endpoint: { host: "192.168.10.100", port: 8443 },
    virtualIP: { provider: "keepalived", addresses: [address("192.168.10.100")], networks: [] },
    loadBalancer: { provider: "haproxy", port: 8443, healthPort: 8405 },
    host: { family: "debian", keepalived: "2.2.7", haproxy: "2.6.12", nginx: "1.22.1" },
    workerProxy: undefined,
    hosts: false,
    extraPorts: [],
    snippets: {},
    failover: "balanced",
    apiServerPort: 6443,
    certSANs: [],
    images: {
      kubeVip: "ghcr.io/kube-vip/kube-vip:v1.2.1",
      keepalived: "ghcr.io/cplieger/docker-keepalived:2.4.3",
      haproxy: "docker.io/library/haproxy:3.0.26",
      kubeVipCloudProvider: "ghcr.io/kube-vip/kube-vip-cloud-provider:v0.0.12",
      nginx: "docker.io/library/nginx:1.28",
    },
    keepalived: {
      virtualRouterID: 87,
      advertisementInterval: 300,
      virtualRouterIDChosen: true,
      realtimePriority: 0,
      checkTimeout: 3000,
      multicast: false,
    },
    haproxy: {
      checkInterval: 1000,
      fastInterval: 250,
      checkTimeout: 1000,
      connectTimeout: 500,
      fall: 2,
      rise: 2,
      balance: "leastconn",
      maxConnections: 8000,
      tunnelTimeout: 14_400_000,
      drainTimeout: 15_000,
    },
    nginx: { connectTimeout: 500, maxFails: 1, failTimeout: 5000, idleTimeout: 14_400_000 },
    kubeVip: ordinaryKubeVip,
    ...byKubeadm,
    nodes: [
      controlPlane("cp1", 0, ["192.168.10.11"]),
      controlPlane("cp2", 1, ["192.168.10.12"]),
      controlPlane("cp3", 2, ["192.168.10.13"]),
    ],
    kubeadmDocuments: [],
    patches: [],
    fromFlags: [],
    ...changes,
  };
}

/** The same with kube-vip and no balancer. */
export function kubeVipCluster(changes: Partial<ClusterSpec> = {}): ClusterSpec {
  return cluster({
    endpoint: { host: "192.168.10.100", port: 6443 },
    virtualIP: { provider: "kube-vip", addresses: [address("192.168.10.100")], networks: [] },
    loadBalancer: { provider: "none", port: 6443, healthPort: 8405 },
    ...changes,
  });
}

/** The same behind a balancer that somebody else runs. */
export function externalCluster(changes: Partial<ClusterSpec> = {}): ClusterSpec {
  return cluster({
    endpoint: { host: "api.example.com", port: 6443 },
    virtualIP: { provider: "none", addresses: [], networks: [] },
    loadBalancer: { provider: "external", port: 6443, healthPort: 8405 },
    ...changes,
  });
}

/** A control-plane node on eth0. */
export function controlPlane(name: string, rank: number, addresses: readonly string[]): NodeSpec {
  return {
    name,
    path: `nodes[${rank}]`,
    addresses: addresses.map(address),
    role: "control-plane",
    interface: "eth0",
    rank,
    rankChosen: true,
  };
}

/** An address that is known to be one. */
export function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
}

/** The first node, which every cluster here has. */
export function firstNode(spec: ClusterSpec): NodeSpec {
  const [node] = spec.nodes;
  if (node === undefined) throw new Error("no node");
  return node;
}
