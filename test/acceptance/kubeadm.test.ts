import { parse } from "yaml";
import { describe, expect, it } from "vitest";

import { at, cluster, errors, fakeFacts, fileOf, kubeadmDocuments, kubeVipPod, told } from "./cluster.ts";

const document = (kind: string, body: string, version = "v1beta4"): string =>
  `apiVersion: kubeadm.k8s.io/${version}\nkind: ${kind}\n${body}`;

// The numbers are those of the list of thirty facts about kubeadm that a generator must get right.
describe("kubeadm", () => {
  it("fact 1: 1.30 is v1beta3 with maps of arguments, 1.31 is v1beta4 with lists", () => {
    const old = kubeadmDocuments({ version: "v1.30.4" });
    expect(at(old, "InitConfiguration.apiVersion")).toBe("kubeadm.k8s.io/v1beta3");
    expect(at(old, "ClusterConfiguration.apiServer.extraArgs")).toEqual({ "shutdown-delay-duration": "10s" });
    expect(at(old, "InitConfiguration.nodeRegistration.kubeletExtraArgs")).toEqual({ "node-ip": "10.0.0.11" });
    const current = kubeadmDocuments({ version: "v1.31.0" });
    expect(at(current, "ClusterConfiguration.apiVersion")).toBe("kubeadm.k8s.io/v1beta4");
    expect(at(current, "ClusterConfiguration.apiServer.extraArgs")).toEqual([
      { name: "shutdown-delay-duration", value: "10s" },
    ]);
    expect(at(current, "InitConfiguration.nodeRegistration.kubeletExtraArgs")).toEqual([
      { name: "node-ip", value: "10.0.0.11" },
    ]);
  });

  it("fact 2: a pre-release counts as its release: v1.31.0-rc.1 is v1beta4", () => {
    expect(at(kubeadmDocuments({ version: "v1.31.0-rc.1" }), "InitConfiguration.apiVersion")).toBe(
      "kubeadm.k8s.io/v1beta4",
    );
  });

  it("fact 3: no document has a field that its version does not know", () => {
    for (const version of ["v1.30.4", "v1.31.0", "v1.37.0"]) {
      for (const place of [
        ["cp1", "init"],
        ["cp2", "join"],
      ] as const) {
        const text = fileOf({ version }, "/etc/kubeadm-ha/kubeadm.yaml", place);
        expect(text).not.toMatch(/mergeMethod|uploadCerts|timeoutForControlPlane|dns:|timeout:/);
      }
    }
  });

  it("fact 4: an IPv6 endpoint without brackets around its address is refused with the way to write it", () => {
    const input = (endpoint: string) => ({
      vip: "fd00::10",
      nodes: ["cp1=fd00::11", "cp2=fd00::12", "cp3=fd00::13"],
      flags: { controlPlaneEndpoint: endpoint },
    });
    expect(errors(input("fd00::10:6443"))).toEqual(["endpoint"]);
    expect(told(input("fd00::10:6443"))).toContain("write [fd00::10]:6443");
    expect(errors(input("[fd00::10]"))).toEqual(["endpoint"]);
    expect(errors(input("fd00::10"))).toEqual([]);
    expect(errors(input("[fd00::10]:6443"))).toEqual([]);
    expect(at(kubeadmDocuments(input("fd00::10")), "ClusterConfiguration.controlPlaneEndpoint")).toBe(
      "[fd00::10]:6443",
    );
  });

  it("fact 5: URLs, bad names and bad ports are refused; a name without port gets bindPort", () => {
    for (const endpoint of ["https://vip:6443", "VIP_A:6443", "vip:0", "vip:65536", ":6443"])
      expect(errors({ flags: { controlPlaneEndpoint: endpoint } }), endpoint).toEqual(["endpoint"]);
    const flags = { controlPlaneEndpoint: "vip.example.com", apiserverBindPort: "9443" };
    expect(at(kubeadmDocuments({ flags }), "ClusterConfiguration.controlPlaneEndpoint")).toBe("vip.example.com:9443");
  });

  it("fact 6: certSANs have the VIP when the endpoint is a name, and do not repeat it when it is the endpoint", () => {
    expect(
      at(
        kubeadmDocuments({ flags: { controlPlaneEndpoint: "api.example.com" } }),
        "ClusterConfiguration.apiServer.certSANs",
      ),
    ).toEqual(["10.0.0.10"]);
    expect(at(kubeadmDocuments({}), "ClusterConfiguration.apiServer.certSANs")).toBeUndefined();
  });

  it("fact 8: load balancer and API server may not share a port, and bindPort is in every document of a control plane", () => {
    const more = "loadBalancer: {port: 6443}\n";
    expect(errors({ stack: "keepalived-haproxy", more })).toEqual(["port-clash"]);
    expect(told({ stack: "keepalived-haproxy", more })).toContain("Port-6443");
    const moved = { stack: "keepalived-haproxy", more, flags: { apiserverBindPort: "9443" } };
    expect(at(kubeadmDocuments(moved), "InitConfiguration.localAPIEndpoint.bindPort")).toBe(9443);
    for (const node of ["cp2", "cp3"])
      expect(
        at(kubeadmDocuments(moved, [node, "join"]), "JoinConfiguration.controlPlane.localAPIEndpoint.bindPort"),
      ).toBe(9443);
    expect(at(kubeadmDocuments(moved), "ClusterConfiguration.controlPlaneEndpoint")).toBe("10.0.0.10:6443");
  });

  it("fact 9: a worker's join has no controlPlane, a control-plane node's has address and key", () => {
    const nodes = ["cp1=10.0.0.11", "cp2=10.0.0.12", "cp3=10.0.0.13", "w1=10.0.0.21,role=worker"];
    expect(at(kubeadmDocuments({ nodes }, ["w1", "join"]), "JoinConfiguration.controlPlane")).toBeUndefined();
    expect(at(kubeadmDocuments({ nodes }, ["cp2", "join"]), "JoinConfiguration.controlPlane")).toEqual({
      localAPIEndpoint: { advertiseAddress: "10.0.0.12", bindPort: 6443 },
      certificateKey: fakeFacts.certificateKey,
    });
  });

  it("fact 11: tokens and CA hashes have their form, and a missing hash needs the user's own unsafeSkipCAVerification", () => {
    const join = (body: string) => ({
      kubeadm: document(
        "JoinConfiguration",
        `discovery:\n  bootstrapToken:\n    token: ${body}\ncontrolPlane: {certificateKey: ${fakeFacts.certificateKey}}\n`,
      ),
    });
    expect(errors(join(`abcdef.0123456789abcdef\n    caCertHashes: ["${fakeFacts.caCertHashes}"]`))).toEqual([]);
    expect(errors(join(`ABCDEF.0123456789abcdef\n    caCertHashes: ["${fakeFacts.caCertHashes}"]`))).toEqual([
      "kubeadm-credentials",
    ]);
    expect(errors(join('abcdef.0123456789abcdef\n    caCertHashes: ["sha256:00"]'))).toEqual(["kubeadm-credentials"]);
    expect(errors(join("abcdef.0123456789abcdef"))).toEqual(["kubeadm-credentials"]);
    expect(errors(join("abcdef.0123456789abcdef\n    unsafeSkipCAVerification: true"))).toEqual([]);
  });

  it("fact 12: an advertise address is a node's own", () => {
    for (const address of ["node.example.com", "0.0.0.0", "224.0.0.1", "169.254.1.1", "10.0.0.10"]) {
      const kubeadm = document("InitConfiguration", `localAPIEndpoint: {advertiseAddress: ${address}}\n`);
      expect(errors({ kubeadm }), address).toContain("kubeadm-advertise-address");
    }
    for (const address of ["node.example.com", "0.0.0.0", "224.0.0.1", "169.254.1.1"])
      expect(errors({ nodes: [`cp1=${address}`] }), address).toContain("address");
    expect(errors({ nodes: ["cp1=10.0.0.10", "cp2=10.0.0.12", "cp3=10.0.0.13"] })).toEqual(["vip-is-node-address"]);
  });

  it("fact 13: a criSocket without scheme gets unix://", () => {
    const kubeadm = document("InitConfiguration", "nodeRegistration: {criSocket: /run/containerd/containerd.sock}\n");
    expect(at(kubeadmDocuments({ kubeadm }), "InitConfiguration.nodeRegistration.criSocket")).toBe(
      "unix:///run/containerd/containerd.sock",
    );
  });

  it.each([
    ["networking: {serviceSubnet: 10.96.0.0/11}", ["kubeadm-subnets"]],
    ["networking: {serviceSubnet: '10.96.0.0/16,10.97.0.0/16'}", ["kubeadm-subnets"]],
    ["networking: {serviceSubnet: 10.96.0.0/29}", ["kubeadm-subnets"]],
    ["networking: {podSubnet: 10.244.0.0/25}", ["kubeadm-subnets"]],
    ["networking: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/12}", []],
  ])("fact 14, beyond this list's need: subnets that kubeadm refuses are refused: %s", (body, expected) => {
    expect(errors({ kubeadm: document("ClusterConfiguration", `${body}\n`) })).toEqual(expected);
  });

  it.each([
    ["ControlPlaneKubeletLocalMode", 31, 35],
    ["NodeLocalCRISocket", 32, 36],
    ["WaitForAllControlPlaneComponents", 30, 34],
    ["EtcdLearnerMode", 28, 32],
    ["PublicKeysECDSA", 28, 36],
  ])("fact 15: feature gate %s is accepted from 1.%d to 1.%d only, and none is written by us", (gate, first, last) => {
    for (let minor = 28; minor <= 37; minor++) {
      const kubeadm = document(
        "ClusterConfiguration",
        `featureGates: {${gate}: true}\n`,
        minor <= 30 ? "v1beta3" : "v1beta4",
      );
      expect([minor, errors({ version: `v1.${minor}.9`, kubeadm })]).toEqual([
        minor,
        minor >= first && minor <= last ? [] : ["kubeadm-feature-gates"],
      ]);
      expect(at(kubeadmDocuments({ version: `v1.${minor}.9` }), "ClusterConfiguration.featureGates")).toBeUndefined();
    }
  });

  it("fact 16: ECDSA-P384 needs 1.34 and httpEndpoints 1.35", () => {
    const key = document("ClusterConfiguration", "encryptionAlgorithm: ECDSA-P384\n");
    expect(errors({ version: "v1.33.5", kubeadm: key })).toEqual(["kubeadm-unknown-field"]);
    expect(errors({ version: "v1.34.10", kubeadm: key })).toEqual([]);
    const etcd = document(
      "ClusterConfiguration",
      "etcd: {external: {endpoints: ['https://10.0.0.31:2379'], httpEndpoints: ['http://10.0.0.31:2381']}}\n",
    );
    expect(errors({ version: "v1.34.10", kubeadm: etcd })).toEqual(["kubeadm-unknown-field"]);
    expect(errors({ version: "v1.35.5", kubeadm: etcd })).toEqual([]);
  });

  it("fact 17: kube-vip of the first node has super-admin.conf from 1.29, everything else admin.conf, always seen as admin.conf", () => {
    const hostPath = (version: string, place: readonly [string, "init" | "join"]) =>
      at(kubeVipPod({ version }, place), "spec.volumes.0.hostPath.path");
    expect(hostPath("v1.29.0", ["cp1", "init"])).toBe("/etc/kubernetes/super-admin.conf");
    expect(hostPath("v1.28.15", ["cp1", "init"])).toBe("/etc/kubernetes/admin.conf");
    expect(hostPath("v1.37.0", ["cp2", "join"])).toBe("/etc/kubernetes/admin.conf");
    expect(at(kubeVipPod({}), "spec.containers.0.volumeMounts.0.mountPath")).toBe("/etc/kubernetes/admin.conf");
  });

  it("fact 18: a kubeconfig's hostPath is of type File", () => {
    for (const version of ["v1.28.15", "v1.37.0"])
      expect(at(kubeVipPod({ version }), "spec.volumes.0.hostPath.type")).toBe("File");
  });

  it("fact 19: below 1.32 kube-vip gets a hosts file, from 1.32 hostAliases", () => {
    const old = at(kubeVipPod({ version: "v1.31.9" }), "spec");
    expect(at(old, "hostAliases")).toBeUndefined();
    expect(at(old, "containers.0.volumeMounts")).toContainEqual(expect.objectContaining({ mountPath: "/etc/hosts" }));
    expect(at(kubeVipPod({ version: "v1.32.0" }), "spec.hostAliases")).toEqual([
      { ip: "127.0.0.1", hostnames: ["kubernetes"] },
    ]);
  });

  it("fact 21: every static pod is one of the control plane's, without status or clock", () => {
    for (const stack of ["kube-vip-haproxy", "keepalived-haproxy"]) {
      const manifests =
        cluster({ stack }).plan?.nodes[0]?.files.filter(({ path }) => path.startsWith("/etc/kubernetes/manifests/")) ??
        [];
      expect(manifests.length).toBe(2);
      for (const { variants } of manifests) {
        const text = variants.init?.text ?? "";
        const pod = parse(text) as unknown;
        expect(pod).toMatchObject({
          apiVersion: "v1",
          kind: "Pod",
          metadata: { namespace: "kube-system" },
          spec: { hostNetwork: true, priorityClassName: "system-node-critical", priority: 2_000_001_000 },
        });
        expect(at(pod, "metadata.name")).toMatch(/^(kube-vip|keepalived|haproxy)$/);
        expect(text).not.toMatch(/^status:|creationTimestamp|node-role\.kubernetes\.io\/master/m);
      }
    }
  });

  it("fact 22: files keep out of kubeadm's way and have kubeadm's modes", () => {
    for (const stack of ["kube-vip-haproxy", "keepalived-haproxy", "keepalived"]) {
      for (const file of cluster({ stack }).plan?.nodes.flatMap(({ files }) => files) ?? []) {
        expect(file.path).not.toMatch(/(etcd|kube-apiserver|kube-controller-manager|kube-scheduler)\.yaml$/);
        if (file.path.startsWith("/etc/kubernetes/manifests/") || file.path.endsWith("kubeadm.yaml"))
          expect([file.path, file.mode]).toEqual([file.path, 0o600]);
        else expect([0o644, 0o755]).toContain(file.mode);
      }
    }
  });
});
