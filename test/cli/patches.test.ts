import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";

import { changed, kubeVipOnly, ordinary } from "../support/configurations.ts";
import { root as checkout, runBuilt } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";

function place(
  patches: Readonly<Record<string, string>>,
  configuration = ordinary,
): readonly [string, readonly string[]] {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, "patches"));
  writeFileSync(join(directory, "ha.yaml"), configuration);
  for (const [name, text] of Object.entries(patches)) writeFileSync(join(directory, "patches", name), text);
  return [directory, ["--config", join(directory, "ha.yaml"), "--patches", join(directory, "patches")]];
}

const labels = {
  "haproxy0+json.yaml": "- {op: add, path: /metadata/labels/team, value: edge}\n",
  "keepalived.yaml": "spec: {containers: [{name: keepalived, resources: {requests: {memory: 64Mi}}}]}\n",
  "kube-apiserver+merge.yaml": "metadata: {annotations: {audited: by us}}\n",
  "README.md": "for people\n",
};

test("our manifests are patched, kubeadm is told where its patches are, and both are kept on the node", () => {
  const [directory, flags] = place(labels);
  const tree = join(directory, "out");
  const { code, err } = runBuilt(["render", ...flags, "-o", tree]);
  expect({ code, err }).toMatchObject({ code: 0 });
  const read = (path: string): string => readFileSync(join(tree, "cp1", path), "utf8");
  const haproxy = read("etc/kubernetes/manifests/haproxy.yaml");
  expect(parse(haproxy)).toMatchObject({ metadata: { labels: { component: "haproxy", team: "edge" } } });
  expect(haproxy).toContain("# Patched by haproxy0+json.yaml.\n");
  // What was not patched keeps its comments, what was loses them.
  expect(haproxy).toContain("# NET_RAW binds");
  const keepalived = read("etc/kubernetes/manifests/keepalived.yaml");
  expect(keepalived).toContain("memory: 64Mi");
  expect(keepalived).not.toContain("No CPU limit");
  expect(read("etc/kubeadm-ha/kubeadm.yaml")).toMatch(/^patches:\n {2}directory: \/etc\/kubeadm-ha\/patches$/m);
  for (const name of ["haproxy0+json.yaml", "keepalived.yaml", "kube-apiserver+merge.yaml"])
    expect(read(`etc/kubeadm-ha/patches/${name}`)).toBe(readFileSync(join(directory, "patches", name), "utf8"));
});

test.each(["", "relative"])("later runs on the node find the patches there %s", (form) => {
  const [, flags] = place(labels);
  const directory = temporaryDirectory();
  const root = form === "" ? directory : relative(checkout, directory);
  const node = ["--rootfs", root];
  expect(
    runBuilt(["prepare", ...flags, ...node, "--node-name", "cp1", "--init", "--ignore-preflight-errors", "all"]).code,
  ).toBe(0);
  const { code, out, err } = runBuilt(["diff", ...node]);
  expect({ code, out, err }).toEqual({ code: 0, out: "", err: expect.stringContaining("no difference") });
});

test.each([
  [
    "haproxi.yaml",
    "{}\n",
    "haproxi.yaml:1:1 (patches): error: the name begins with no target of a patch [patch-file]\n",
    "did you mean haproxy?",
  ],
  [
    "haproxy+jsn.yaml",
    "{}\n",
    "error: unknown or missing patch type after + [patch-file]\n",
    "write +strategic or +merge or +json",
  ],
  [
    "haproxy+json.yaml",
    "- {op: remove, path: /spec/nothing}\n",
    "haproxy+json.yaml cannot be applied: operation 1: there is no /nothing\n",
    "",
  ],
  ["haproxy.yaml", "spec: [\n", "haproxy.yaml:", "[yaml-syntax]"],
  ["haproxy a.yaml", "{}\n", "the name has other characters", "rename it"],
])("%s is refused", (name, text, message, remedy) => {
  const [, flags] = place({ [name]: text });
  const { code, out, err } = runBuilt(["render", ...flags, "--node", "cp1"]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(message);
  expect(err).toContain(remedy);
});

test.each([
  ["nginx.yaml", ordinary],
  ["kubeadm-ha-proxy.yaml", ordinary],
  ["haproxy.yaml", `${ordinary}deployAs: systemd\n`],
  ["kube-vip+json.yaml", `${kubeVipOnly}deployAs: daemon-set\n`],
])("%s is told to have no effect where there is no such static pod", (name, configuration) => {
  const text = name.includes("+json") ? "[]\n" : "{}\n";
  const [, flags] = place({ [name]: text, "etcd.yaml": "{}\n" }, configuration);
  const { code, err } = runBuilt(["render", ...flags, "--node", "cp1"]);
  expect(code, err).toBe(0);
  const target = name.replace(/[+.].*/, "");
  const warning = `${name}:1:1 (patches): warning: has no effect: this cluster has no static pod ${target} [patch-target]`;
  expect(err.split("\n").filter((line) => line.includes("[patch-target]"))).toEqual([warning]);
});

test("kubeadm's own key in the user's documents and --patches are two answers", () => {
  const document =
    "---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\npatches: {directory: /etc/mine}\n";
  const [, flags] = place(labels, `${ordinary}${document}`);
  const { code, err } = runBuilt(["render", ...flags, "--node", "cp1"]);
  expect(code).toBe(2);
  expect(err).toContain("patches.directory");
});

test("a pool takes patches of kube-vip only", () => {
  const pool = changed("provider: keepalived", "provider: kube-vip").replace(
    "loadBalancer:\n  provider: haproxy\n",
    "",
  );
  const [, flags] = place({ "etcd.yaml": "{}\n" }, pool);
  const { code, err } = runBuilt(["render", ...flags, "--format", "capi-v1beta2"]);
  expect(code).toBe(2);
  expect(err).toContain("etcd.yaml is not for kube-vip");
});
