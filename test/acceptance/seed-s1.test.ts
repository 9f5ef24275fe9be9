import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";

import { runBuilt } from "../support/built.ts";
import { at } from "./cluster.ts";

const root = join(import.meta.dirname, "../../manifests/seeds/S1");
const tree = (path: string) => readFileSync(join(root, "v1.30", path), "utf8");
const pod = parse(tree("master01/etc/kubernetes/manifest/kube-vip.yaml")) as unknown;
const environment = Object.fromEntries(
  (at(pod, "spec.containers.0.env") as { name: string; value?: string }[]).map(({ name, value }) => [name, value]),
);
const objects = parseAllDocuments(tree("master01/etc/kubeadm-ha/kube-vip/kube-vip-cloud-provider.yaml")).map(
  (document) => document.toJS() as { kind: string },
);
const runbook = tree("RUNBOOK.md");

// One test for each line of what the post's system does; docs/seed-s1.md has the same lines.
describe("the system of post S1", () => {
  it("is a static pod in RKE's directory, with a kubeconfig that leads to the local API server and no type checks", () => {
    expect(at(pod, "spec.volumes.0.hostPath")).toEqual({ path: "/etc/kubernetes/admin.conf" });
    expect(at(pod, "spec.containers.0.volumeMounts")).toEqual([
      { name: "kubeconfig", mountPath: "/etc/kubernetes/admin.conf", readOnly: true },
      { name: "hosts", mountPath: "/etc/hosts", readOnly: true },
    ]);
    expect(tree("master01/etc/kubeadm-ha/hosts")).toMatch(/^127\.0\.0\.1 localhost kubernetes$/m);
    for (const node of ["master02", "master03"])
      expect(tree(`${node}/etc/kubernetes/manifest/kube-vip.yaml`)).toBe(
        tree("master01/etc/kubernetes/manifest/kube-vip.yaml"),
      );
  });

  it("announces 192.168.66.101/32 on eth0 by ARP, with the post's lease, for the control plane and for services", () => {
    expect(environment).toMatchObject({
      vip_arp: "true",
      vip_interface: "eth0",
      port: "6443",
      address: "192.168.66.101",
      vip_subnet: "32",
      cp_enable: "true",
      svc_enable: "true",
      vip_leaderelection: "true",
      vip_leaseduration: "5",
      vip_renewdeadline: "3",
      vip_retryperiod: "1",
    });
  });

  it("has the name and the address in the certificate", () => {
    expect(runbook).toContain('sans: ["kube-vip.treesir.pub", "192.168.66.101"]');
  });

  it("says how clients get the name, and what they are told when the certificate lacks it", () => {
    expect(runbook).toContain("config set-cluster local --server https://kube-vip.treesir.pub:6443");
    expect(runbook).toContain("x509: certificate is valid for");
  });

  it("takes its images from another registry where that is asked for", () => {
    const more = `${readFileSync(join(root, "ha.yaml"), "utf8")}images: {repository: registry.example.com:5000/mirror}\n`;
    const { code, out: stdout } = runBuilt(["images", "--config", "-"], { input: more });
    expect([code, stdout]).toEqual([
      0,
      "registry.example.com:5000/mirror/kube-vip/kube-vip:v1.2.1\nregistry.example.com:5000/mirror/kube-vip/kube-vip-cloud-provider:v0.0.12\n",
    ]);
  });

  it("has the cloud provider with the post's pool", () => {
    expect(objects.map(({ kind }) => kind)).toEqual([
      "ConfigMap",
      "ServiceAccount",
      "ClusterRole",
      "ClusterRoleBinding",
      "Deployment",
    ]);
    expect(at(objects[0], "data")).toEqual({ "range-global": "192.168.66.210-192.168.66.219" });
    expect(at(objects[0], "metadata")).toEqual({ name: "kubevip", namespace: "kube-system" });
  });

  it("refuses the post's address of a service, which is the API's, as a pool", () => {
    const text = readFileSync(join(root, "ha.yaml"), "utf8").replace("192.168.66.210-", "192.168.66.101-");
    const { code, out: stdout, err: stderr } = runBuilt(["render", "--config", "-"], { input: text });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("contains 192.168.66.101, the virtual IP");
  });

  it("tells that ports without a service lead to the node that holds the address", () => {
    expect(runbook).toContain("Ports that no service has lead to the node");
  });

  it("is handed over as files only: nodes of RKE are not prepared", () => {
    for (const words of [["render", "--format", "script", "--node", "master01"], ["prepare"]]) {
      const { code, err: stderr } = runBuilt([...words, "--config", join(root, "ha.yaml")]);
      expect([code, stderr]).toEqual([2, expect.stringContaining("[kubeadm-nodes]")]);
    }
  });
});
