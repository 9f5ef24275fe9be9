import { readFileSync } from "node:fs";

import type { Cluster } from "../../../scripts/cluster-lab/cluster.ts";
import type { FoundOptions } from "../../../scripts/cluster-lab/found.ts";

/** A configuration of which a cluster is made. */
export interface ClusterCase extends FoundOptions {
  readonly name: string;
  /** Text of ha.yaml. */
  readonly config: string;
  /** v1.34.10 without a value. */
  readonly kubernetesVersion?: string;
  /** Whether clients reach the cluster otherwise. */
  readonly withoutVirtualIP?: boolean;
  /** Whether etcd is no part of the nodes. */
  readonly externalEtcd?: boolean;
  /** What has to be there before the first node is prepared. */
  before?(cluster: Cluster): Promise<void>;
}

/** Every example that needs no more than its own machines, and what has no example. */
export const clusterCases: readonly ClusterCase[] = [
  example("kube-vip-haproxy"),
  example("keepalived"),
  example("ipv6-only"),
  example("dual-stack"),
  example("dns-endpoint"),
  example("keepalived-nginx"),
  { ...example("worker-proxy"), withoutVirtualIP: true },
  { ...example("kube-vip"), name: "kube-vip by prepare", delivery: "prepare" },
  { ...example("keepalived-haproxy"), name: "keepalived and haproxy by cloud-init", delivery: "cloud-init" },
  {
    name: "API server 9443, balancer 6443",
    config: example("keepalived-haproxy").config.replace("port: 8443 ", "port: 6443 ").concat(apiServerPort(9443)),
  },
];

/** What is documented and rendered in manifests/. */
export function example(name: string): ClusterCase {
  return { name, config: readFileSync(`manifests/${name}/ha.yaml`, "utf8") };
}

function apiServerPort(port: number): string {
  return `
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint:
  bindPort: ${port}
`;
}
