import { readFileSync } from "node:fs";

/** A configuration of which a cluster is made. */
export interface ClusterCase {
  readonly name: string;
  /** Text of ha.yaml. */
  readonly config: string;
}

/** Every example that needs no more than its own machines, and what has no example. */
export const clusterCases: readonly ClusterCase[] = [
  example("kube-vip-haproxy"),
  example("keepalived"),
  example("ipv6-only"),
  example("dual-stack"),
  example("dns-endpoint"),
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
