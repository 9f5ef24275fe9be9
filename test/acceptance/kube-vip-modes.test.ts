import { parseAllDocuments } from "yaml";
import { describe, expect, it } from "vitest";

import { at, errors, fileOf, kubeadmDocuments, kubeVipEnvironment, kubeVipPod } from "./cluster.ts";

const newest = 'images: {kubeVip: "ghcr.io/kube-vip/kube-vip:v1.2.3"}\n';
const bgp = (settings: string) => `kubeVip:\n  mode: bgp\n  bgp: {${settings}}\n`;
const peer = "peers: [{address: 10.0.0.1, as: 65001}]";

// The numbers are those of the list of thirty facts about kube-vip that a generator must get right.
describe("kube-vip's other modes", () => {
  it("fact 14: a name is never looked up, and its masks are written", () => {
    const environment = kubeVipEnvironment({ more: "kubeVip: {dns: {name: name.that.does.not.exist.invalid}}\n" });
    expect(environment["address"]).toBe("name.that.does.not.exist.invalid");
    expect([environment["vip_subnet"], environment["dns_mode"]]).toEqual(["32", "first"]);
    const dynamic = "kubeVip: {dns: {name: api.example.com, mode: ipv6, dynamic: true}}\n";
    expect(kubeVipEnvironment({ more: dynamic })).toMatchObject({ vip_ddns: "true", vip_subnet: "128" });
  });

  it.each([
    ["arp", "kubeVip: {mode: arp}\n"],
    ["bgp", bgp(peer)],
    ["routing-table", "kubeVip: {mode: routing-table}\n"],
  ])("fact 15: exactly one mode is on: %s", (_, more) => {
    const environment = kubeVipEnvironment({ more });
    const on = ["vip_arp", "bgp_enable", "vip_routingtable", "vip_wireguard"].filter(
      (name) => environment[name] === "true",
    );
    expect(on).toHaveLength(1);
  });

  it("fact 15: two are refused", () => {
    expect(errors({ more: "kubeVip: {mode: arp, bgp: {localAS: 65000}}\n" })).toEqual(["kube-vip-mode"]);
    expect(errors({ more: 'kubeVip: {extraEnv: {vip_wireguard: "true"}}\n' })).toEqual(["kube-vip-environment"]);
  });

  it("fact 18: masquerading before v1.2.2 takes kube-vip-iptables", () => {
    const image = (more: string) => at(kubeVipPod({ more }), "spec.containers.0.image");
    expect(image("kubeVip: {ipvs: {}}\n")).toBe("ghcr.io/kube-vip/kube-vip-iptables:v1.2.1");
    expect(image("kubeVip: {ipvs: {forwardingMethod: local}}\n")).toBe("ghcr.io/kube-vip/kube-vip:v1.2.1");
    const text = 'kubeVip: {ipvs: {}}\nimages: {kubeVip: "ghcr.io/kube-vip/kube-vip:v1.2.0"}\n';
    expect(errors({ more: text })).toEqual(["kube-vip-image"]);
    expect(errors({ more: `kubeVip: {ipvs: {}}\n${newest}` })).toEqual([]);
  });

  it("fact 17: only masquerading is privileged", () => {
    const context = (more: string) => at(kubeVipPod({ more }), "spec.containers.0.securityContext");
    expect(context("kubeVip: {ipvs: {}}\n")).toEqual({ privileged: true });
    expect(context(bgp(peer))).toEqual({ capabilities: { add: ["NET_ADMIN", "NET_RAW"], drop: ["ALL"] } });
  });

  it("fact 20: another kubeconfig stands where kube-vip takes admin.conf, and never in k8s_config_file", () => {
    const more = "kubeconfigPath: /etc/kubernetes/kube-vip.conf\n";
    const pod = kubeVipPod({ more });
    expect(at(pod, "spec.volumes.0.hostPath")).toEqual({ path: "/etc/kubernetes/kube-vip.conf", type: "File" });
    expect(at(pod, "spec.containers.0.volumeMounts.0.mountPath")).toBe("/etc/kubernetes/admin.conf");
    expect(Object.keys(kubeVipEnvironment({ more }))).not.toContain("k8s_config_file");
    expect(errors({ more: "kubeVip: {extraEnv: {k8s_config_file: /x}}\n" })).toEqual(["kube-vip-environment"]);
  });

  it("fact 23: a lost link has two variables, a release and a physical interface", () => {
    const more = "kubeVip: {loseLeadershipAfter: 20s}\n";
    expect(kubeVipEnvironment({ more: more + newest })).toMatchObject({
      vip_loseleadership: "true",
      vip_loseleadership_timeout_seconds: "20",
    });
    expect(errors({ more })).toEqual(["kube-vip-release"]);
    for (const name of ["bond0", "eth0.7", "br0"])
      expect(errors({ more: more + newest, flags: { interface: name } })).toContain("kube-vip-address");
  });

  it("fact 24: an election by etcd has arguments and certificates, no kubeconfig, and no services or IPVS", () => {
    const pod = kubeVipPod({ more: "kubeVip: {election: etcd}\n" });
    expect(at(pod, "spec.containers.0.args")).toContain("--leaderElectionType=etcd");
    expect(at(pod, "spec.volumes")).toEqual([
      { name: "etcd-certificates", hostPath: { path: "/etc/kubernetes/pki/etcd", type: "Directory" } },
    ]);
    expect(at(pod, "spec.hostAliases")).toBeUndefined();
    expect(errors({ more: "kubeVip: {election: etcd, ipvs: {}}\n" })).toEqual(["kube-vip-election"]);
    expect(
      errors({
        more: "kubeVip: {election: etcd}\nserviceLoadBalancer: {deployAs: static-pod, pools: [{dhcp: true}]}\n",
      }),
    ).toEqual(["kube-vip-election"]);
  });

  it("fact 25: BGP has an AS, a peer, one source and a router id; IPv6 peers stand in brackets", () => {
    expect(errors({ more: bgp("localAS: 65000") })).toEqual(["kube-vip-bgp"]);
    expect(errors({ more: bgp(`localAS: 0, ${peer}`) })).toEqual(["range"]);
    expect(errors({ more: bgp(`sourceIP: true, sourceInterface: eth1, ${peer}`) })).toEqual(["kube-vip-bgp"]);
    const peers = 'peers: [{address: 10.0.0.1, as: 65001}, {address: "fd00::1", as: 65001, multihop: true}]';
    const environment = kubeVipEnvironment({ more: bgp(peers) });
    expect(environment["bgp_peers"]).toBe("10.0.0.1:65001::false,[fd00::1]:65001::true");
    expect(environment["bgp_routerid"]).toBe("10.0.0.11");
    expect(Object.keys(environment)).not.toContain("vip_leaderelection");
  });

  it("fact 26: fields after the fourth are written for v1.2.2 and later only", () => {
    const peers = "peers: [{address: 10.0.0.1, as: 65001, bfd: true}]";
    expect(errors({ more: bgp(peers) })).toEqual(["kube-vip-release"]);
    expect(kubeVipEnvironment({ more: bgp(peers) + newest })["bgp_peers"]).toBe(
      "10.0.0.1:65001::false:::true;300;300;3",
    );
  });

  it("fact 27: the health check has a CA, mounted as a file, and a host of the certificate", () => {
    const more = bgp(peer);
    expect(kubeVipEnvironment({ more })).toMatchObject({
      control_plane_health_check_address: "https://kubernetes:6443/livez",
      control_plane_health_check_ca_path: "/etc/kubernetes/pki/ca.crt",
    });
    const pod = kubeVipPod({ more });
    expect(at(pod, "spec.volumes")).toContainEqual({
      name: "certificate-authority",
      hostPath: { path: "/etc/kubernetes/pki/ca.crt", type: "File" },
    });
    expect(at(pod, "spec.containers.0.volumeMounts.1.readOnly")).toBe(true);
  });

  it("fact 28: kube-proxy in IPVS mode leaves the virtual server alone and answers for nothing", () => {
    const kubeadm =
      "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: ipvs # ours\nipvs: {excludeCIDRs: [10.9.0.0/16]}\n";
    const ipvs = (more: string, vip = "10.0.0.10", nodes?: readonly string[]) =>
      at(kubeadmDocuments({ more, vip, kubeadm, ...(nodes && { nodes }) }), "KubeProxyConfiguration.ipvs");
    expect(ipvs("kubeVip: {ipvs: {}}\n")).toEqual({ excludeCIDRs: ["10.9.0.0/16", "10.0.0.10/32"], strictARP: true });
    expect(ipvs("kubeVip: {ipvs: {}}\n", "fd00::10", ["cp1=fd00::11", "cp2=fd00::12", "cp3=fd00::13"])).toMatchObject({
      excludeCIDRs: ["10.9.0.0/16", "fd00::10/128"],
    });
    expect(ipvs("failover: fast\n")).toEqual({ excludeCIDRs: ["10.9.0.0/16"], strictARP: true });
    expect(ipvs(bgp(peer))).toEqual({ excludeCIDRs: ["10.9.0.0/16"] });
  });

  it("fact 30: a DaemonSet has an account, no kubeconfig, and runs on control-plane nodes with any taint", () => {
    const text = fileOf({ more: "deployAs: daemon-set\n" }, "/etc/kubeadm-ha/kube-vip/kube-vip.yaml");
    const objects = parseAllDocuments(text).map((document) => document.toJS() as { kind: string });
    const pod = at(
      objects.find(({ kind }) => kind === "DaemonSet"),
      "spec.template.spec",
    );
    expect(pod).toMatchObject({
      serviceAccountName: "kube-vip",
      tolerations: [
        { effect: "NoSchedule", operator: "Exists" },
        { effect: "NoExecute", operator: "Exists" },
      ],
    });
    expect([at(pod, "volumes"), at(pod, "hostAliases")]).toEqual([undefined, undefined]);
    expect(at(pod, "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms.1")).toEqual(
      { matchExpressions: [{ key: "node-role.kubernetes.io/control-plane", operator: "Exists" }] },
    );
    const binding = objects.find(({ kind }) => kind === "ClusterRoleBinding");
    expect(at(binding, "subjects")).toEqual([{ kind: "ServiceAccount", name: "kube-vip", namespace: "kube-system" }]);
  });
});
