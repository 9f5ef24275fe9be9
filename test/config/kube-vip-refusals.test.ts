import { describe, expect, it } from "vitest";

import { resolveConfiguration } from "../../src/config/resolve.ts";
import { kubeadmRules } from "../../src/kubeadm/rules.ts";

const nodes = [
  "{name: cp1, addresses: [192.168.10.11]}",
  "{name: cp2, addresses: [192.168.10.12]}",
  "{name: cp3, addresses: [192.168.10.13]}",
];

interface Case {
  readonly more: string;
  readonly virtualIP?: string;
  readonly nodes?: readonly string[];
}

const bgp = (settings: string) => ({ more: `kubeVip:\n  mode: bgp\n  bgp: {${settings}}\n` });
const peers = "peers: [{address: 192.168.10.1, as: 65001}]";
const pools = (list: string, more = "") => ({ more: `serviceLoadBalancer: {pools: [${list}]${more}}\n` });

describe("what kube-vip cannot do is refused, with the key and the reason", () => {
  it.each<[string, Case, string, string]>([
    [
      "two kube-vips of a node with the same sessions",
      {
        more: `${bgp(peers).more}serviceLoadBalancer: {deployAs: daemon-set, pools: [{cidrs: [192.168.20.0/24]}]}\n`,
      },
      "serviceLoadBalancer.deployAs",
      "kube-vip-bgp",
    ],
    ["two modes", { more: "kubeVip: {mode: arp, bgp: {localAS: 65000}}\n" }, "kubeVip.bgp", "kube-vip-mode"],
    [
      "two modes by the environment",
      { more: 'kubeVip: {extraEnv: {bgp_enable: "true"}}\n' },
      "kubeVip.extraEnv.bgp_enable",
      "kube-vip-environment",
    ],
    ["AS 0", bgp(`localAS: 0, ${peers}`), "kubeVip.bgp.localAS", "range"],
    ["AS 0 of a peer", bgp("peers: [{address: 192.168.10.1, as: 0}]"), "kubeVip.bgp.peers[0].as", "range"],
    ["no peer", bgp("localAS: 65000"), "kubeVip.bgp.peers", "kube-vip-bgp"],
    ["two sources", bgp(`${peers}, sourceIP: true, sourceInterface: eth1`), "kubeVip.bgp.sourceIP", "kube-vip-bgp"],
    [
      "one source address for peers of both families",
      bgp('sourceIP: true, peers: [{address: 192.168.10.1, as: 65001}, {address: "fd00::1", as: 65001}]'),
      "kubeVip.bgp.sourceIP",
      "kube-vip-bgp",
    ],
    [
      "an address whose family no peer has",
      {
        ...bgp(peers),
        virtualIP: '[192.168.10.100, "fd00::100"]',
        nodes: ['{name: cp1, addresses: [192.168.10.11, "fd00::11"]}'],
      },
      "kubeVip.bgp.peers",
      "kube-vip-bgp",
    ],
    ["one router id for all", bgp(`${peers}, routerID: 10.0.0.1`), "kubeVip.bgp.routerID", "kube-vip-bgp"],
    ["a router id that is no IPv4 address", bgp(`${peers}, routerID: "fd00::1"`), "kubeVip.bgp.routerID", "address"],
    [
      "a hold time below its keepalive interval",
      bgp(`${peers}, holdTime: 5s, keepaliveInterval: 10s`),
      "kubeVip.bgp.holdTime",
      "kube-vip-bgp",
    ],
    [
      "no IPv4 address for a router id",
      {
        ...bgp('peers: [{address: "fd00::1", as: 65001}]'),
        virtualIP: '["fd00::100"]',
        nodes: ['{name: cp1, addresses: ["fd00::11"]}'],
      },
      "nodes[0].kubeVip.bgp.routerID",
      "kube-vip-bgp",
    ],
    [
      "a password",
      bgp("peers: [{address: 192.168.10.1, as: 65001, passwordFile: secret}]"),
      "kubeVip.bgp.peers[0].passwordFile",
      "kube-vip-password",
    ],
    [
      "/32 on an IPv6 address",
      { more: "", virtualIP: '["fd00::100/32"]', nodes: ['{name: cp1, addresses: ["fd00::11"]}'] },
      "virtualIP.addresses[0]",
      "single-address-length",
    ],
    [
      "masquerading without iptables",
      { more: 'kubeVip: {ipvs: {}}\nimages: {kubeVip: "ghcr.io/kube-vip/kube-vip:v1.2.1"}\n' },
      "images.kubeVip",
      "kube-vip-image",
    ],
    [
      "IPVS beside haproxy",
      { more: "kubeVip: {ipvs: {}}\nloadBalancer: {provider: haproxy}\n" },
      "kubeVip.ipvs",
      "kube-vip-ipvs",
    ],
    [
      "etcd election with services",
      { more: "kubeVip: {election: etcd}\nserviceLoadBalancer: {deployAs: static-pod, pools: [{dhcp: true}]}\n" },
      "kubeVip.election",
      "kube-vip-election",
    ],
    [
      "etcd election with IPVS",
      { more: "kubeVip: {election: etcd, ipvs: {}}\n" },
      "kubeVip.election",
      "kube-vip-election",
    ],
    [
      "etcd election on k3s",
      { more: "kubeVip: {election: etcd}\ndistribution: k3s\n" },
      "kubeVip.election",
      "kube-vip-election",
    ],
    ...["bond0", "br0", "eth0.100", "vlan7"].map((name): [string, Case, string, string] => [
      `a lost link of ${name}`,
      {
        more: 'kubeVip: {loseLeadershipAfter: 10s}\nimages: {kubeVip: "ghcr.io/kube-vip/kube-vip:v1.2.3"}\n',
        nodes: [`{name: cp1, addresses: [192.168.10.11], interface: ${name}}`],
      },
      "kubeVip.loseLeadershipAfter",
      "kube-vip-address",
    ]),
    [
      "a label of two addresses",
      {
        more: "kubeVip: {nodeLabeling: true}\n",
        virtualIP: '[192.168.10.100, "fd00::100"]',
        nodes: ['{name: cp1, addresses: [192.168.10.11, "fd00::11"]}'],
      },
      "kubeVip.nodeLabeling",
      "kube-vip-address",
    ],
    [
      "a routing table that is cleaned of two addresses",
      {
        more: "kubeVip: {mode: routing-table, routingTable: {clean: true}}\n",
        virtualIP: '[192.168.10.100, "fd00::100"]',
        nodes: ['{name: cp1, addresses: [192.168.10.11, "fd00::11"]}'],
      },
      "kubeVip.routingTable.clean",
      "kube-vip-address",
    ],
    [
      "DHCP for both families",
      { more: "kubeVip: {dns: {name: api.example.com, mode: dual, dynamic: true}}\n" },
      "kubeVip.dns",
      "kube-vip-address",
    ],
    ...["k8s_config_file", "config_file"].map((name): [string, Case, string, string] => [
      `${name} by the environment`,
      { more: `kubeVip: {extraEnv: {${name}: /etc/kube.yaml}}\n` },
      `kubeVip.extraEnv.${name}`,
      "kube-vip-environment",
    ]),
    [
      "a pool with the virtual IP",
      pools("{ranges: [192.168.10.90-192.168.10.110]}"),
      "serviceLoadBalancer.pools[0].ranges[0]",
      "address-pools",
    ],
    [
      "a pool with a node",
      pools("{cidrs: [192.168.10.0/28]}"),
      "serviceLoadBalancer.pools[0].cidrs[0]",
      "address-pools",
    ],
    [
      "a pool with services",
      pools("{cidrs: [10.96.0.0/24]}"),
      "serviceLoadBalancer.pools[0].cidrs[0]",
      "pool-in-cluster-network",
    ],
    [
      "two pools with one address",
      pools("{ranges: [192.168.10.200-192.168.10.210]}, {namespace: web, ranges: [192.168.10.210-192.168.10.220]}"),
      "serviceLoadBalancer.pools[1].ranges[0]",
      "address-pools",
    ],
    [
      "a namespace's ranges behind CIDRs for all",
      pools("{cidrs: [192.168.10.192/28]}, {namespace: web, ranges: [192.168.10.210-192.168.10.220]}"),
      "serviceLoadBalancer.pools[1].ranges",
      "pool-form",
    ],
    [
      "two pools of a namespace",
      pools("{ranges: [192.168.10.200-192.168.10.201]}, {cidrs: [192.168.10.208/28]}"),
      "serviceLoadBalancer.pools[1]",
      "pool-form",
    ],
    [
      "ranges and CIDRs in one pool",
      pools("{ranges: [192.168.10.200-192.168.10.201], cidrs: [192.168.10.208/28]}"),
      "serviceLoadBalancer.pools[0]",
      "pool-form",
    ],
    [
      "a range from the end",
      pools("{ranges: [192.168.10.210-192.168.10.200]}"),
      "serviceLoadBalancer.pools[0].ranges[0]",
      "pool-form",
    ],
    ["no pool", { more: "serviceLoadBalancer: {}\n" }, "serviceLoadBalancer.pools", "pool-form"],
    [
      "the word global for a namespace",
      pools("{namespace: global, dhcp: true}"),
      "serviceLoadBalancer.pools[0].namespace",
      "namespace",
    ],
    [
      "services in a static pod of their own",
      { more: "deployAs: daemon-set\nserviceLoadBalancer: {deployAs: static-pod, pools: [{dhcp: true}]}\n" },
      "serviceLoadBalancer.deployAs",
      "kube-vip-daemon-set",
    ],
    [
      "a DaemonSet with two interfaces",
      {
        more: "deployAs: daemon-set\n",
        nodes: [
          "{name: cp1, addresses: [192.168.10.11], interface: eth0}",
          "{name: cp2, addresses: [192.168.10.12], interface: eth1}",
          "{name: cp3, addresses: [192.168.10.13], interface: eth1}",
        ],
      },
      "deployAs",
      "kube-vip-daemon-set",
    ],
    [
      "a DaemonSet before kubeadm init",
      { more: "deployAs: daemon-set\nkubernetesVersion: v1.32.3\n" },
      "deployAs",
      "daemon-set-bootstrap",
    ],
    [
      "haproxy on RKE2",
      { more: "distribution: rke2\nloadBalancer: {provider: haproxy}\n" },
      "loadBalancer.provider",
      "distribution",
    ],
    [
      "kubeadm's documents on k3s",
      { more: "distribution: k3s\n---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n" },
      "distribution",
      "distribution",
    ],
    ["a path that is none", { more: "staticPodPath: manifests\n" }, "staticPodPath", "absolute-path"],
    [
      "kube-proxy that answers for everything",
      {
        more: "---\napiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: ipvs\nipvs: {strictARP: false}\n",
      },
      "KubeProxyConfiguration.ipvs.strictARP",
      "strict-arp",
    ],
  ])("%s", (_, input, path, rule) => {
    const errors = findings(input).filter(({ severity }) => severity === "error");
    expect(errors.map((finding) => [finding.path, finding.rule])).toContainEqual([path, rule]);
    for (const { message, remedy } of errors) expect([message, remedy]).not.toContain("");
  });

  it.each(["rke1", "rke2", "k3s"])("a proxy on workers of %s, which has its own", (name) => {
    const refused = findings({ more: `distribution: ${name}\nworkerProxy: {provider: haproxy}\n` });
    expect(refused.map(({ path, rule }) => [path, rule])).toContainEqual(["workerProxy", "distribution"]);
  });

  it("and what it can do is not", () => {
    const good: readonly Case[] = [
      pools("{ranges: [192.168.10.200-192.168.10.210]}, {namespace: web, ranges: [192.168.10.211-192.168.10.220]}"),
      pools("{cidrs: [192.168.10.192/28]}, {namespace: web, cidrs: [192.168.10.208/28]}"),
      pools("{dhcp: true}, {namespace: web, cidrs: [192.168.10.208/28]}"),
      { more: "distribution: rke2\ndeployAs: daemon-set\n" },
      { more: "distribution: k3s\nserviceLoadBalancer: {pools: [{dhcp: true}]}\n" },
      {
        ...bgp('peers: [{address: 192.168.10.1, as: 65001}, {address: "fd00::1", as: 65001}]'),
        virtualIP: '[192.168.10.100, "fd00::100"]',
        nodes: ['{name: cp1, addresses: [192.168.10.11, "fd00::11"]}'],
      },
      { more: "", virtualIP: '["fd00::100/64"]', nodes: ['{name: cp1, addresses: ["fd00::11"]}'] },
    ];
    for (const input of good) expect(findings(input).filter(({ severity }) => severity === "error")).toEqual([]);
  });
});

function findings({ more, virtualIP = "[192.168.10.100]", nodes: list = nodes }: Case) {
  const version = more.includes("kubernetesVersion") ? "" : "kubernetesVersion: v1.36.3\n";
  const text = `apiVersion: kubeadm-ha.io/v1alpha1
kind: HAConfiguration
${version}virtualIP: {provider: kube-vip, addresses: ${virtualIP}}
nodes: [${list.join(", ")}]
${more}`;
  return resolveConfiguration({ file: { name: "ha.yaml", text }, rules: kubeadmRules }).findings;
}
