import { describe, expect, it } from "vitest";

import { at, cluster, errors, kubeadmDocuments, told } from "../acceptance/cluster.ts";

const ipv6 = { vip: "fd00::10", nodes: ["cp1=fd00::11", "cp2=fd00::12", "cp3=fd00::13"] };
const services = (networks: string): string =>
  `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking: {serviceSubnet: "${networks}"}\n`;

describe("the service network has the family that the API servers advertise", () => {
  it("is written for IPv6, where kubeadm would take an IPv4 network, and left to kubeadm for IPv4", () => {
    expect(at(kubeadmDocuments(ipv6), "ClusterConfiguration.networking")).toEqual({
      serviceSubnet: "fd00:10:96::/112",
    });
    expect(at(kubeadmDocuments({}), "ClusterConfiguration.networking")).toBeUndefined();
  });

  it("is the user's where there is one", () => {
    const kubeadm = services("fd00:20::/112");
    expect(at(kubeadmDocuments({ ...ipv6, kubeadm }), "ClusterConfiguration.networking.serviceSubnet")).toBe(
      "fd00:20::/112",
    );
  });

  it.each([
    ["IPv6 services for IPv4 nodes", {}, "fd00:20::/112"],
    ["IPv4 services for IPv6 nodes", ipv6, "10.96.0.0/16"],
    ["both, in the wrong order", ipv6, "10.96.0.0/16,fd00:20::/112"],
  ])("refuses %s", (_, input, networks) => {
    expect(errors({ ...input, kubeadm: services(networks) })).toEqual(["kubeadm-service-network-family"]);
  });

  it("refuses nodes that advertise different families", () => {
    const nodes = ["cp1=fd00::11,10.0.0.11", "cp2=10.0.0.12,fd00::12", "cp3=fd00::13,10.0.0.13"];
    const input = { vip: "10.0.0.10,fd00::10", nodes };
    expect(errors(input)).toEqual(["kubeadm-service-network-family"]);
    expect(told(input)).toContain("cp2 advertises 10.0.0.12, but the first node advertises an IPv6 address");
  });

  it("holds no virtual IP", () => {
    expect(errors({ ...ipv6, vip: "fd00:10:96::10" })).toEqual(["vip-in-cluster-network"]);
  });
});

describe("a document that begins with {", () => {
  const flow = "{apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, clusterName: a}\n";

  it.each([
    ["YAML in braces", flow, ["kubeadm-json"]],
    ["the same below a comment", `# ours\n${flow}`, ["kubeadm-json"]],
    ["JSON", '{"apiVersion": "kubeadm.k8s.io/v1beta4", "kind": "ClusterConfiguration", "clusterName": "a"}\n', []],
  ])("%s", (_, kubeadm, expected) => {
    expect(errors({ kubeadm })).toEqual(expected);
  });
});

describe("kubeVip.bootstrapCredential admin", () => {
  it.each([
    ["v1.28.15", false],
    ["v1.30.4", true],
    ["v1.34.4", true],
    ["v1.34.10", false],
    ["v1.37.0", false],
  ])("is warned of for %s: %s", (version, warned) => {
    const { findings } = cluster({ version, more: "kubeVip: {bootstrapCredential: admin}\n" });
    expect(findings.some(({ rule }) => rule === "kube-vip-bootstrap-credential")).toBe(warned);
  });
});
