import { rmSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { type Cluster, edited, example, examples } from "./support/clusters.ts";
import { joinCommand, secrets, secretsIn } from "./support/join.ts";
import { makeMember, put } from "./support/machine.ts";
import { shellNames, trial } from "./support/trial.ts";

// --dry-run tells everything but secrets, and changes nothing.

const notShown = "\t(it holds secrets of the configuration, which are not shown)\n";

function listed(out: string): readonly string[] {
  return [...out.matchAll(/^\[[a-z-]+\] Would write "(\S+)" \(0\d{3}\):$/gm)].map(([, path = ""]) => path);
}

describe.concurrent.each(examples.map((cluster) => [cluster.name, cluster] as const))("%s", (_, cluster) => {
  test("shows every file with its mode", async () => {
    const machine = trial(cluster, cluster.nodes.founder);
    const dry = await machine.agree(["--init", "--dry-run"]);
    expect({ code: dry.code, tree: dry.tree, touched: dry.touched }).toEqual({ code: 0, tree: {}, touched: [] });
    const { tree } = await machine.agree(["--init"]);
    const written = Object.entries(tree).filter(
      ([path, entry]) => entry.startsWith("file") && !/state\.json|lock/.test(path),
    );
    expect(listed(dry.out).toSorted()).toEqual(written.map(([path]) => path).toSorted());
    for (const [path, entry] of written) {
      const [head = "", ...lines] = entry.replace(/\n$/, "").split("\n");
      const shown = lines.map((line) => (line === "" ? "\n" : `\t${line}\n`)).join("");
      expect(dry.out).toContain(`"${path}" (0${head.split(" ")[1]}):\n${shown}`);
    }
  });

  test("shows no join secret", async () => {
    const machine = trial(cluster, cluster.nodes.other);
    machine.each(put("/run/kubeadm-ha/join", joinCommand(cluster)));
    const result = await machine.agree(["--dry-run"]);
    expect({ code: result.code, secrets: secretsIn(result.out + result.err), tree: result.tree }).toEqual({
      code: 0,
      secrets: [],
      tree: result.before,
    });
    expect(result.out).toMatch(/token: "?REDACTED/);
    expect(result.out).toMatch(/certificateKey: "?REDACTED/);
  });
});

test("what is unchanged, changes and goes away", async () => {
  const before = edited(example("kube-vip"), {}, "--kubernetes-version", "v1.31.0");
  const machine = trial(before, "cp1", shellNames);
  await machine.agree(["--init"]);
  machine.each(makeMember);
  machine.each((root) => rmSync(join(root, "/run"), { recursive: true }));
  const result = await machine.with(edited(before, {}, "--kubernetes-version", "v1.32.0")).agree(["--dry-run"]);
  expect(result.out).toContain('[kubeadm-config] unchanged "/etc/kubeadm-ha/finalize.sh" (0755)\n');
  expect(result.out).toContain('[save] Would remove "/etc/kubeadm-ha/hosts"\n');
  expect(listed(result.out)).toContain("/etc/kubernetes/manifests/kube-vip.yaml");
  expect({ tree: result.tree, touched: result.touched }).toEqual({ tree: result.before, touched: [] });
});

test("a problem is one without writing too", async () => {
  const machine = trial(example("kube-vip"), "cp1", shellNames);
  machine.each(put("/etc/kubernetes/manifests/kube-vip.yaml", "kind: Pod\n"));
  const refused = await machine.agree(["--init", "--dry-run"]);
  expect(refused).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("[ERROR ForeignFile--etc-kubernetes-manifests-kube-vip.yaml]"),
  });
  const adopted = await machine.agree(["--init", "--dry-run", "--adopt"]);
  expect(listed(adopted.out)).toContain("/etc/kubernetes/manifests/kube-vip.yaml");
  expect(adopted.tree).toEqual(adopted.before);
});

describe("the secrets of kubeadm's documents", () => {
  const { token, hash, key } = secrets;
  const documents = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
certificateKey: ${key}
bootstrapTokens:
- token: ${token}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  bootstrapToken: {token: ${token}, caCertHashes: ["${hash}"], apiServerEndpoint: "api.example.com:8443"}
controlPlane: {certificateKey: ${key}}
`;
  const plain = edited(example("dns-endpoint"), {}, "--kubernetes-version", "v1.34.10");
  const cluster: Cluster = {
    ...plain,
    files: { ...plain.files, "kubeadm.yaml": documents },
    flags: [...plain.flags, "--kubeadm-config", "kubeadm.yaml"],
  };

  test.each([
    ["cp1", "--init"],
    ["cp2", "--join"],
  ])("%s", async (node, role) => {
    const machine = trial(cluster, node, shellNames);
    const dry = await machine.agree([role, "--dry-run"]);
    expect(dry).toMatchObject({ code: 0, tree: {} });
    expect(dry.out).toContain(`[kubeadm-config] Would write "/etc/kubeadm-ha/kubeadm.yaml" (0600):\n${notShown}`);
    const result = await machine.agree([role]);
    expect(result.code).toBe(0);
    const { [kubeadmYaml]: kubeadm = "", ...others } = result.tree;
    expect(kubeadm).toMatch(/^file 600 /);
    expect(secretsIn(kubeadm)).toContain(token);
    expect([dry.out, dry.err, result.out, result.err, ...Object.values(others)].flatMap(secretsIn)).not.toContain(
      token,
    );
    expect([dry.out, dry.err, result.out, result.err, ...Object.values(others)].flatMap(secretsIn)).not.toContain(key);
  });

  test("are enough to join, and no second source is taken", async () => {
    const machine = trial(cluster, "cp2", shellNames);
    machine.each(put("/run/kubeadm-ha/join", joinCommand(cluster)));
    const result = await machine.agree();
    // The file at the usual place is not asked for, so it is left alone.
    expect(result).toMatchObject({ code: 0, out: expect.stringContaining("kubeadm join --config") });
    expect(result.tree["/run/kubeadm-ha/join"]).toBe(result.before["/run/kubeadm-ha/join"]);
    const both = await machine.agree(["--join-command-file", "ROOT/run/kubeadm-ha/join"]);
    expect(both).toMatchObject({
      code: 2,
      out: "",
      err: "error: ROOT/run/kubeadm-ha/join: the JoinConfiguration among kubeadm's documents brings its own secrets; leave out one of the two\n",
    });
  });
});

const kubeadmYaml = "/etc/kubeadm-ha/kubeadm.yaml";
