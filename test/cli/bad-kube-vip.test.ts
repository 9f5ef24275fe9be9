import { describe, test } from "vitest";

import { kubeVipOnly } from "../support/configurations.ts";
import { expectRefused } from "../support/refused.ts";

const peer = "{address: 192.168.10.1, as: 65001}";
const bgp = (settings: string): string => `${kubeVipOnly}kubeVip: {mode: bgp, bgp: {${settings}}}\n`;
const newest = 'images: {kubeVip: "ghcr.io/kube-vip/kube-vip:v1.2.3"}\n';

const rows: readonly (readonly [name: string, file: string, line: string, fix: string])[] = [
  [
    "two modes",
    `${kubeVipOnly}kubeVip: {mode: arp, bgp: {peers: [${peer}]}}\n`,
    "ha.yaml:12:27 kubeVip.bgp: error: has settings of BGP, and kubeVip.mode is arp [kube-vip-mode]",
    "write mode: bgp, or remove the key: there is one mode",
  ],
  [
    "AS 0",
    bgp(`localAS: 0, peers: [${peer}]`),
    "ha.yaml:12:37 kubeVip.bgp.localAS: error: 0 is not a whole number from 1 to 4294967295 [range]",
    "write a whole number from 1 to 4294967295",
  ],
  [
    "no peer",
    bgp("localAS: 65000"),
    "ha.yaml:12:27 kubeVip.bgp.peers: error: there is no BGP peer [kube-vip-bgp]",
    "write the routers, such as [{address: 192.168.10.1, as: 65001}]",
  ],
  [
    "a password",
    bgp("peers: [{address: 192.168.10.1, as: 65001, passwordFile: router.password}]"),
    "ha.yaml:12:85 kubeVip.bgp.peers[0].passwordFile: error: a password would stand in the pod, where everybody who may read pods sees it [kube-vip-password]",
    "leave it out, and give kube-vip a file with its peers by a patch: docs/kube-vip.md shows how",
  ],
  [
    "two sources",
    bgp(`sourceIP: true, sourceInterface: eth1, peers: [${peer}]`),
    "ha.yaml:12:38 kubeVip.bgp.sourceIP: error: sourceIP and sourceInterface are both given [kube-vip-bgp]",
    "keep one of the two",
  ],
  [
    "/32 on an IPv6 address",
    kubeVipOnly.replace("192.168.10.100", '"fd00::100/32"'),
    "ha.yaml:6:15 virtualIP.addresses[0]: error: fd00::100/32 is no network of IPv6 that a segment has [single-address-length]",
    "write the network's length, such as /64, or leave it out: /128 is what is configured",
  ],
  [
    "masquerading without iptables",
    `${kubeVipOnly}kubeVip: {ipvs: {}}\nimages: {kubeVip: "ghcr.io/kube-vip/kube-vip:v1.2.1"}\n`,
    "ha.yaml:13:19 images.kubeVip: error: ghcr.io/kube-vip/kube-vip:v1.2.1 has no iptables, which masquerading needs before v1.2.2 (https://github.com/kube-vip/kube-vip/issues/1065) [kube-vip-image]",
    "use kube-vip-iptables of the same release, or leave images.kubeVip out",
  ],
  [
    "an election by etcd with services",
    `${kubeVipOnly}kubeVip: {election: etcd}\nserviceLoadBalancer: {deployAs: static-pod, pools: [{dhcp: true}]}\n`,
    "ha.yaml:12:21 kubeVip.election: error: etcd cannot be the place of the election of a kube-vip that serves services [kube-vip-election]",
    "use lease, or serviceLoadBalancer.deployAs: daemon-set",
  ],
  [
    "an election by etcd with IPVS",
    `${kubeVipOnly}kubeVip: {election: etcd, ipvs: {}}\n`,
    "ha.yaml:12:21 kubeVip.election: error: etcd cannot be the place of the election with IPVS balancing, which follows the nodes in the Kubernetes API [kube-vip-election]",
    "use lease, or remove kubeVip.ipvs",
  ],
  [
    "the lost link of a bond",
    `${kubeVipOnly.replace("eth0", "bond0")}kubeVip: {loseLeadershipAfter: 10s}\n${newest}`,
    "ha.yaml:12:32 kubeVip.loseLeadershipAfter: error: bond0 of cp1 is a bond, bridge or VLAN, whose link kube-vip cannot watch: it would end again and again [kube-vip-address]",
    "leave it out, or name a physical interface",
  ],
  [
    "the lost link of a bridge",
    `${kubeVipOnly.replace("eth0", "br0")}kubeVip: {loseLeadershipAfter: 10s}\n${newest}`,
    "ha.yaml:12:32 kubeVip.loseLeadershipAfter: error: br0 of cp1 is a bond, bridge or VLAN, whose link kube-vip cannot watch: it would end again and again [kube-vip-address]",
    "leave it out, or name a physical interface",
  ],
  [
    "a pool with the virtual IP",
    `${kubeVipOnly}serviceLoadBalancer: {pools: [{ranges: [192.168.10.90-192.168.10.110]}]}\n`,
    "ha.yaml:12:41 serviceLoadBalancer.pools[0].ranges[0]: error: 192.168.10.90-192.168.10.110 contains 192.168.10.100, the virtual IP [address-pools]",
    "choose addresses that nobody has",
  ],
];

describe("what kube-vip cannot do is refused", () => {
  test.each(rows)("%s", async (_, file, line, fix) => {
    await expectRefused(file, { line, fix });
  });
});
