import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { runBuilt } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { at, errors, kubeadmDocuments, kubeVipEnvironment, kubeVipPod } from "./cluster.ts";

// The numbers are those of the list of thirty facts about kube-vip that a generator must get right.
describe("kube-vip", () => {
  const volume = (version: string, place: readonly [string, "init" | "join"]) =>
    at(kubeVipPod({ version }, place), "spec.volumes.0");

  it("fact 1: from 1.29 the founding node mounts super-admin.conf at admin.conf", () => {
    expect(at(volume("v1.29.0", ["cp1", "init"]), "hostPath.path")).toBe("/etc/kubernetes/super-admin.conf");
    expect(at(kubeVipPod({ version: "v1.29.0" }), "spec.containers.0.volumeMounts.0.mountPath")).toBe(
      "/etc/kubernetes/admin.conf",
    );
  });

  it("fact 2: at 1.28 the founding node mounts admin.conf", () => {
    expect(at(volume("v1.28.15", ["cp1", "init"]), "hostPath.path")).toBe("/etc/kubernetes/admin.conf");
  });

  it("fact 3: a joining node mounts admin.conf in every release", () => {
    for (const version of ["v1.28.15", "v1.29.0", "v1.34.10", "v1.37.0"])
      expect(at(volume(version, ["cp2", "join"]), "hostPath.path")).toBe("/etc/kubernetes/admin.conf");
  });

  it("fact 4: finalize on the founding node changes only that path, by rename, and leaves no second file", () => {
    const root = temporaryDirectory();
    const nodes = ["--node", "cp1=10.0.0.11", "--node", "cp2=10.0.0.12", "--node", "cp3=10.0.0.13"];
    const flags = ["--stack", "kube-vip", "--kubernetes-version", "v1.34.10", "--vip", "10.0.0.10", ...nodes];
    expect(runBuilt(["prepare", ...flags, "--node-name", "cp1", "--init", "--rootfs", root]).code).toBe(0);
    const path = join(root, "etc/kubernetes/manifests/kube-vip.yaml");
    const [before, { ino }] = [readFileSync(path, "utf8"), statSync(path)];
    expect(before.match(/super-admin\.conf$/gm)).toHaveLength(1);
    expect(runBuilt(["finalize", "--no-wait", "--rootfs", root]).code).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(before.replace(/super-admin\.conf$/m, "admin.conf"));
    expect(statSync(path).ino).not.toBe(ino);
    expect(readdirSync(join(root, "etc/kubernetes/manifests"))).toEqual(["kube-vip.yaml"]);
  });

  it("fact 5: the kubeconfig is waited for, never created", () => {
    for (const place of [
      ["cp1", "init"],
      ["cp2", "join"],
    ] as const)
      expect(at(volume("v1.36.3", place), "hostPath.type")).toBe("File");
  });

  it("fact 6: the name kubernetes is the node itself", () => {
    expect(at(kubeVipPod({}), "spec.hostAliases")).toEqual([{ ip: "127.0.0.1", hostnames: ["kubernetes"] }]);
  });

  it("fact 7: from 1.28 to 1.31 by a mounted hosts file and without hostAliases", () => {
    for (const version of ["v1.28.15", "v1.31.9"]) {
      const pod = kubeVipPod({ version });
      expect(at(pod, "spec.hostAliases")).toBeUndefined();
      expect(at(pod, "spec.volumes")).toContainEqual({
        name: "hosts",
        hostPath: { path: "/etc/kubeadm-ha/hosts", type: "File" },
      });
    }
  });

  it("fact 8: port is bindPort; the endpoint's port is the same, or beside haproxy the load balancer's", () => {
    const flags = { apiserverBindPort: "9443" };
    expect(kubeVipEnvironment({ flags })["port"]).toBe("9443");
    expect(at(kubeadmDocuments({ flags }), "ClusterConfiguration.controlPlaneEndpoint")).toBe("10.0.0.10:9443");
    expect(kubeVipEnvironment({ stack: "kube-vip-haproxy", flags })["port"]).toBe("9443");
    expect(
      at(kubeadmDocuments({ stack: "kube-vip-haproxy", flags }), "ClusterConfiguration.controlPlaneEndpoint"),
    ).toBe("10.0.0.10:8443");
  });

  it("fact 9: every environment value is a string and every name stands once", () => {
    for (const [name, value] of Object.entries(kubeVipEnvironment({ vip: "10.0.0.10" })))
      if (name !== "vip_nodename") expect([name, typeof value]).toEqual([name, "string"]);
  });

  it("fact 10: images before v0.9.0 get vip_cidr, later ones vip_subnet", () => {
    const names = (tag: string) =>
      Object.keys(kubeVipEnvironment({ more: `images: {kubeVip: "ghcr.io/kube-vip/kube-vip:${tag}"}\n` })).filter(
        (name) => /vip_(cidr|subnet)/.test(name),
      );
    expect(names("v0.8.10")).toEqual(["vip_cidr"]);
    expect(names("v0.9.0")).toEqual(["vip_subnet"]);
    expect(names("v1.2.1")).toEqual(["vip_subnet"]);
  });

  it("fact 11: the output has address and never vip_address", () => {
    expect(Object.keys(kubeVipEnvironment({}))).toContain("address");
    expect(Object.keys(kubeVipEnvironment({}))).not.toContain("vip_address");
  });

  it("fact 12: vip_nodename is the pod's node", () => {
    expect(kubeVipEnvironment({})["vip_nodename"]).toEqual({ fieldRef: { fieldPath: "spec.nodeName" } });
  });

  it("fact 13: vip_subnet is 32, 128 or 32,128, in that order whatever the order of the addresses", () => {
    const dual = ["cp1=10.0.0.11,fd00::11", "cp2=10.0.0.12,fd00::12", "cp3=10.0.0.13,fd00::13"];
    expect(kubeVipEnvironment({})["vip_subnet"]).toBe("32");
    expect(kubeVipEnvironment({ vip: "fd00::10", nodes: dual })["vip_subnet"]).toBe("128");
    expect(kubeVipEnvironment({ vip: "10.0.0.10,fd00::10", nodes: dual })["vip_subnet"]).toBe("32,128");
    expect(kubeVipEnvironment({ vip: "fd00::10,10.0.0.10", nodes: dual })["vip_subnet"]).toBe("32,128");
  });

  it.each([
    ["5s", "5s", "1s", ["lease-order"]],
    ["15s", "10s", "9s", ["lease-order"]],
    ["3s", "3s", "1s", ["lease-order"]],
    ["15s", "10s", "2s", []],
    ["1500ms", "1s", "500ms", ["lease-order", "lease-order"]],
  ])("fact 16: the lease times %s, %s, %s must be in order", (duration, renew, retry, expected) => {
    expect(
      errors({ more: `kubeVip: {leaseDuration: ${duration}, renewDeadline: ${renew}, retryPeriod: ${retry}}\n` }),
    ).toEqual(expected);
  });

  it("fact 16: the default lease is the preset's", () => {
    const lease = (failover: string) => {
      const environment = kubeVipEnvironment({ flags: { failover } });
      return [environment["vip_leaseduration"], environment["vip_renewdeadline"], environment["vip_retryperiod"]];
    };
    expect(lease("conservative")).toEqual(["15", "10", "1"]);
    expect(lease("balanced")).toEqual(["10", "7", "1"]);
    expect(lease("fast")).toEqual(["5", "3", "1"]);
  });

  it("fact 17: two capabilities, all others dropped, not privileged", () => {
    expect(at(kubeVipPod({}), "spec.containers.0.securityContext")).toEqual({
      capabilities: { add: ["NET_ADMIN", "NET_RAW"], drop: ["ALL"] },
    });
  });

  it("fact 19: v1.2.2 is refused", () => {
    for (const image of [
      "ghcr.io/kube-vip/kube-vip:v1.2.2",
      "registry.example.com/kube-vip:1.2.2",
      `ghcr.io/kube-vip/kube-vip:v1.2.2@sha256:${"a".repeat(64)}`,
    ])
      expect(errors({ more: `images: {kubeVip: "${image}"}\n` })).toEqual(["kube-vip-image"]);
    expect(errors({ more: 'images: {kubeVip: "ghcr.io/kube-vip/kube-vip:v1.2.3"}\n' })).toEqual([]);
  });

  it("fact 21: metrics off is an argument, and the variable is absent", () => {
    const input = { more: 'kubeVip: {metricsAddress: ""}\n' };
    expect(at(kubeVipPod(input), "spec.containers.0.args")).toEqual(["manager", "--prometheusHTTPServer", ""]);
    expect(Object.keys(kubeVipEnvironment(input))).not.toContain("prometheus_server");
  });

  it("fact 22: health_check_port is never written, nor accepted", () => {
    expect(Object.keys(kubeVipEnvironment({}))).not.toContain("health_check_port");
    expect(errors({ more: 'kubeVip: {extraEnv: {health_check_port: "80"}}\n' })).toEqual(["kube-vip-environment"]);
  });

  it("fact 29: every VIP and name is in the certificate or is the endpoint's host, and a VIP is no node's nor of a cluster network", () => {
    const nodes = ["cp1=10.0.0.11,fd00::11", "cp2=10.0.0.12,fd00::12", "cp3=10.0.0.13,fd00::13"];
    const documents = kubeadmDocuments({ vip: "10.0.0.10,fd00::10", nodes });
    expect(at(documents, "ClusterConfiguration.controlPlaneEndpoint")).toBe("10.0.0.10:6443");
    expect(at(documents, "ClusterConfiguration.apiServer.certSANs")).toEqual(["fd00::10"]);
    expect(errors({ vip: "10.0.0.11" })).toEqual(["vip-is-node-address"]);
    const networks =
      "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking: {podSubnet: 10.0.0.0/16}\n";
    expect(errors({ kubeadm: networks })).toContain("vip-in-cluster-network");
  });
});
