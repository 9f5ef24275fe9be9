import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { kubeadmFileRules } from "../../../src/rules/kubeadm/index.ts";
import { b3, b4 } from "../../kubeadm/spec.ts";
import { lintKubeadm, places } from "./lint.ts";

test("ids are in order, and every rule says why, with a source", () => {
  expect(kubeadmFileRules.map(({ id }) => id)).toEqual(
    Array.from({ length: 18 }, (_, index) => `KD${String(index + 1).padStart(2, "0")}`),
  );
  for (const { id, name, summary, reason, remedy } of kubeadmFileRules) {
    expect(`${id} ${name}`).toMatch(/^KD\d\d [a-z]+(-[a-z]+)*$/);
    expect(`${id} ${summary}`).toMatch(/^KD\d\d .{20,}\.$/);
    expect(`${id} ${reason}`).toMatch(/^KD\d\d .{20,}https:\/\/\S+/);
    expect(`${id} ${remedy}`).toMatch(/^KD\d\d .{10,}[^.]$/);
  }
});

test("nothing is wrong with what render writes", () => {
  const root = join(import.meta.dirname, "../../../manifests");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    // The user's part of the input lies there too; other rules judge it.
    .filter((path) => /\/v1\.\d+\/.*\.(yaml|conf|cfg|nft)$/.test(path) && !path.endsWith("/ha.yaml"))
    .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));
  expect(files.filter(({ file }) => file.endsWith("kubeadm.yaml")).length).toBeGreaterThan(20);
  expect(lintKubeadm(files, "v1.37.0")).toEqual([]);
});

describe("a stream", () => {
  const cluster = (version: string): string => b4("ClusterConfiguration", `kubernetesVersion: ${version}`);
  const kubelet = "---\napiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nanything: true\n";
  test.each<readonly [name: string, text: string, expected: readonly string[]]>([
    ["with the kubelet's and kube-proxy's documents", cluster("v1.34.10") + kubelet, []],
    ["with a kind twice", `${cluster("v1.34.10")}---\n${cluster("v1.34.10")}`, ["KD06 6:7 error"]],
    ["with a kubelet's twice", cluster("v1.34.10") + kubelet + kubelet, ["KD06 10:7 error"]],
    ["with something without kind", `${cluster("v1.34.10")}---\na: b\n`, ["KD16 5:1 error"]],
    ["with a core object", `${cluster("v1.34.10")}---\napiVersion: v1\nkind: Secret\n`, ["KD16 5:13 error"]],
    ["of v1beta3 for 1.30", b3("ClusterConfiguration", "kubernetesVersion: v1.30.4"), []],
    ["of v1beta3 for 1.34", b3("ClusterConfiguration", "kubernetesVersion: v1.34.10"), ["KD18 1:13 warning"]],
    ["of v1beta3 for nobody knows what", b3("ClusterConfiguration", ""), ["KD18 1:13 info"]],
    ["of v1beta3 for 1.37", b3("ClusterConfiguration", "kubernetesVersion: v1.37.0"), ["KD07 1:13 error"]],
    ["of v1beta4 for 1.30", b4("ClusterConfiguration", "kubernetesVersion: v1.30.4"), ["KD07 1:13 error"]],
    ["of v1beta2", "apiVersion: kubeadm.k8s.io/v1beta2\nkind: ClusterConfiguration\n", ["KD07 1:13 error"]],
    ["of a release from before our time", b3("ClusterConfiguration", "kubernetesVersion: v1.22.1"), []],
    ["of a kind of v1beta4 in v1beta3", b3("ResetConfiguration", ""), ["KD18 1:13 info", "KD16 2:7 error"]],
    ["for upgrades", b4("UpgradeConfiguration", "apply: {dryRun: true, forced: true}"), ["KD04 3:23 error"]],
  ])("%s", (_, text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  test.each([
    ["v1.33.12", false],
    ["v1.34.5", true],
    ["v1.35.2", true],
    ["v1.35.5", false],
    ["v1.36.0", true],
    ["v1.37.0", false],
  ])("of %s, whose kubeadm may want the virtual IP too soon: %s", (version, warned) => {
    const text = b4("ClusterConfiguration", `kubernetesVersion: ${version}\ncontrolPlaneEndpoint: 192.168.10.100:6443`);
    expect(places(text)).toEqual(warned ? ["KD12 3:20 warning"] : []);
  });
});

describe("what YAML 1.1 reads otherwise", () => {
  test.each<readonly [more: string, expected: readonly string[]]>([
    ["proxy: {disabled: yes}", []],
    ["proxy: {disabled: off}", []],
    ['proxy: {disabled: "yes"}', ["KD05 3:19 error"]],
    ["clusterName: y", ["KD05 3:14 error"]],
    ["clusterName: 1_000", ["KD05 3:14 error"]],
    ["clusterName: 0o17", ["KD05 3:14 error"]],
    ["clusterName: !!str yes", []],
    ["clusterName: 1:30", []],
    ["clusterName: 2026-01-01", []],
    ["controllerManager: &c {extraArgs: [{name: v, value: '2'}]}\nscheduler: {<<: *c}", []],
    ["controllerManager: &c {extraArg: []}\nscheduler: {<<: *c}", ["KD04 3:24 error", "KD04 4:12 error"]],
  ])("%s", (more, expected) => {
    expect(places(b4("ClusterConfiguration", more))).toEqual(expected);
  });
});

describe("the release", () => {
  test("of a joining machine is that of the cluster", () => {
    const files = [
      {
        file: "a/etc/kubeadm.yaml",
        text: b4("ClusterConfiguration", "kubernetesVersion: v1.36.3\ncontrolPlaneEndpoint: a:1"),
      },
      { file: "b/etc/kubeadm.yaml", text: b3("JoinConfiguration", "discovery: {file: {kubeConfigPath: /a}}") },
    ];
    expect(lintKubeadm(files, "v1.30.4").map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(["KD18 warning"]);
  });
});

test("secrets are not printed", () => {
  const text = b4("InitConfiguration", "certificateKey: topsecret\nbootstrapTokens: [{token: topsecret}]");
  const findings = lintKubeadm([{ file: "kubeadm.yaml", text }]);
  expect(findings.filter(({ rule }) => rule === "KD13").length).toBe(2);
  expect(JSON.stringify(findings)).not.toContain("topsecret");
});
