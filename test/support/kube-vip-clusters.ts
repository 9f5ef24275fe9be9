/** A cluster for each way in which kube-vip can be used, by name: three nodes, and the settings that make it so. */
export const kubeVipModes: Readonly<Record<string, string>> = {
  bgp: mode("kubeVip:\n  mode: bgp\n  bgp: {localAS: 65000, peers: [{address: 192.168.10.1, as: 65001}]}\n"),
  "bgp-source-ip": mode(
    "kubeVip:\n  mode: bgp\n  bgp: {sourceIP: true, holdTime: 9s, keepaliveInterval: 3s, peers: [{address: 192.168.10.1, as: 65001, multihop: true}]}\n",
  ),
  "bgp-source-interface": mode(
    'kubeVip:\n  mode: bgp\n  bgp: {sourceInterface: eth1, healthCheck: false, peers: [{address: 192.168.10.1, as: 65001}, {address: "fd00:10::1", as: 65001}]}\n',
  ),
  "bgp-services": mode(
    "kubeVip:\n  mode: bgp\n  bgp: {peers: [{address: 192.168.10.1, as: 65001}]}\nserviceLoadBalancer: {pools: [{cidrs: [192.168.20.0/24]}]}\n",
  ),
  "routing-table": mode("kubeVip:\n  mode: routing-table\n  routingTable: {table: 200, clean: true}\n"),
  "etcd-election": mode("kubeVip: {election: etcd}\n"),
  ipvs: mode("kubeVip: {ipvs: {}}\n"),
  "ipvs-local": mode("kubeVip: {ipvs: {forwardingMethod: local, checkInterval: 2s}}\n"),
  dns: mode("kubeVip: {dns: {name: api.example.com}}\n"),
  ddns: mode("kubeVip: {dns: {name: api.example.com, mode: ipv4, dynamic: true}}\n", "[]"),
  services: mode(
    "serviceLoadBalancer: {deployAs: static-pod, interface: eth1, electionPerService: true, onlyServicePorts: true, pools: [{ranges: [192.168.10.200-192.168.10.219]}]}\n",
  ),
  "services-class": mode(
    "serviceLoadBalancer: {deployAs: static-pod, class: example.com/vip, egress: {podCIDR: 10.244.0.0/16, serviceCIDR: 10.96.0.0/12}, pools: [{dhcp: true}]}\n",
  ),
  "services-apart": mode("serviceLoadBalancer: {pools: [{ranges: [192.168.10.200-192.168.10.219]}]}\n"),
  "node-labeling": mode("kubeVip: {nodeLabeling: true, preserveOnLeadershipLoss: true}\n"),
  "daemon-set": mode("deployAs: daemon-set\n"),
  "daemon-set-bgp": mode(
    "deployAs: daemon-set\nkubeVip:\n  mode: bgp\n  bgp: {sourceIP: true, peers: [{address: 192.168.10.1, as: 65001}]}\n",
  ),
  "own-address": mode("kubeVip: {hosts: address}\n"),
  "extra-environment": mode('kubeVip: {extraEnv: {vip_arpRate: "1000", vip_loglevel: "-4"}}\n'),
};

/** The same with another image, and settings that only newer releases have. */
export const sinceV122: Readonly<Record<string, string>> = {
  "bgp-bfd": mode("kubeVip:\n  mode: bgp\n  bgp: {peers: [{address: 192.168.10.1, as: 65001, bfd: true}]}\n"),
  "lose-leadership": mode("kubeVip: {loseLeadershipAfter: 20s}\n"),
};

/** The configuration with kube-vip of another release. */
export function withRelease(text: string, tag: string): string {
  const program = text.includes("ipvs: {}") && tag !== "v1.2.2" && tag !== "v1.2.3" ? "kube-vip-iptables" : "kube-vip";
  return `${text}images: {kubeVip: "ghcr.io/kube-vip/${program}:${tag}"}\n`;
}

/** The configuration in which v1.2.2 finds the API server of its node. */
export function byOwnAddress(text: string): string {
  if (text.includes("hosts: address") || text.includes("election: etcd")) return text;
  if (text.includes("kubeVip: {")) return text.replace("kubeVip: {", "kubeVip: {hosts: address, ");
  return text.includes("kubeVip:\n")
    ? text.replace("kubeVip:\n", "kubeVip:\n  hosts: address\n")
    : `${text}kubeVip: {hosts: address}\n`;
}

function mode(more: string, addresses = "[192.168.10.100]"): string {
  return `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
kubernetesVersion: v1.36.3
virtualIP: {provider: kube-vip, addresses: ${addresses}, interface: eth0}
nodes:
- {name: cp1, addresses: [192.168.10.11]}
- {name: cp2, addresses: [192.168.10.12]}
- {name: cp3, addresses: [192.168.10.13]}
${more}`;
}
