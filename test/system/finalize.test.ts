import { closeSync, lstatSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { finalizeScript } from "../../src/kubeadm/scripts.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { put } from "./support/debian-root.ts";
import { finalize, finalizerNames, kubeVip, manifest, preparedNode, state } from "./support/finalizing.ts";
import { mustRunCommand, type Preparation, program, runCommand, script } from "./support/preparing.ts";
import { requireSystem } from "./support/programs.ts";
import { differences } from "./support/reset.ts";
import { contentOf, type Tree, treeOf } from "./support/tree.ts";

// The first node's kube-vip gives super-admin.conf back, and everybody knows of it afterwards.

const superAdmin = "      path: /etc/kubernetes/super-admin.conf\n";
const admin = "      path: /etc/kubernetes/admin.conf\n";
const versions = ["v1.30.4", "v1.34.10", "v1.37.0"];

beforeAll(requireSystem);

describe.each(versions)("Kubernetes %s", (version) => {
  it("changes the path of the credential and nothing else, in every form alike", async () => {
    const node = await preparedNode(kubeVip(version));
    const results = [];
    for (const how of finalizerNames) {
      const root = await node();
      const [before, inode] = [treeOf(root, { times: true }), lstatSync(path.join(root, manifest)).ino];
      const old = openSync(path.join(root, manifest), "r");
      const { status, stdout, stderr } = await finalize(how, root, ["--no-wait"], { umask: "000" });
      expect({ status, stderr }, how).toEqual({ status: 0, stderr: "" });
      const changes = differences(before, treeOf(root, { times: true }));
      expect(Object.keys(changes), how).toEqual([state, manifest]);
      const [was = "", is = ""] = (changes[manifest] ?? []).map((entry = "") => contentOf(entry));
      expect(was.split(superAdmin)).toHaveLength(2);
      expect(is).toBe(was.replace(superAdmin, admin));
      // Whoever had opened the old one reads it to its end.
      expect(readFileSync(old, "utf8")).toBe(was);
      closeSync(old);
      expect(lstatSync(path.join(root, manifest)).ino).not.toBe(inode);
      expect([manifest, state].map((place) => statSync(path.join(root, place)).mode & 0o7777)).toEqual([0o600, 0o600]);
      const now = treeOf(root, { times: true });
      const again = await finalize(how, root, [], { kubectl: "exit 70" });
      expect(again, how).toMatchObject({ status: 0, stdout: `[finalize] unchanged "${manifest}"\n`, stderr: "" });
      expect(differences(now, treeOf(root, { times: true })), how).toEqual({});
      results.push({ stdout, tree: treeOf(root) });
    }
    expect(results[0]?.stdout).toBe(`[finalize] Writing "${manifest}"\n`);
    for (const [index, result] of results.entries()) expect(result, finalizerNames[index]).toEqual(results[0]);
  });

  const later: readonly (readonly [string, Preparation, readonly string[]])[] = [
    ["the same configuration", kubeVip(version), []],
    ["another configuration", kubeVip(version, "--failover", "fast"), [manifest]],
    [
      "another Kubernetes",
      kubeVip(version === "v1.34.10" ? "v1.35.1" : "v1.33.9"),
      version === "v1.30.4" ? [manifest] : [],
    ],
  ];

  it.each(later)("later runs with %s keep admin.conf", async (_, preparation, changed) => {
    const node = await preparedNode(kubeVip(version));
    const roots = [await node(), await node()];
    await Promise.all(
      [program, script(["dash"], temporaryDirectory())].map(async (form, index) => {
        const root = roots[index] ?? "";
        await finalize(finalizerNames[index] ?? "finalize.sh in dash", root, ["--no-wait"]);
        put(path.join(root, "etc/kubernetes/kubelet.conf"), "kind: Config\n", 0o600);
        const before = contentOf(treeOf(root)[manifest] ?? "");
        const { stdout } = await mustRunCommand([...form.command(preparation), "--rootfs", root], { env: form.env });
        const verb = changed.includes(manifest) ? "Writing" : "unchanged";
        expect(stdout, form.name).toContain(`[virtual-ip] ${verb} "${manifest}"\n`);
        expect(stdout).not.toContain("finalize.sh\n");
        const after = treeOf(root);
        expect(contentOf(after[manifest] ?? ""), form.name).toContain(admin);
        expect(contentOf(after[manifest] ?? ""), form.name).not.toContain(superAdmin);
        expect(after[state]).toContain('"finalized": true,\n');
        if (verb === "unchanged") expect(contentOf(after[manifest] ?? "")).toBe(before);
      }),
    );
    expect(treeOf(roots[1] ?? "")).toEqual(treeOf(roots[0] ?? ""));
  });
});

it("a first node that is rebuilt needs super-admin.conf again", async () => {
  const node = await preparedNode(kubeVip("v1.34.10"));
  for (const form of [program, script(["dash"], temporaryDirectory())]) {
    const root = await node();
    await finalize("kubeadm-ha finalize", root, ["--no-wait"]);
    // So kubeadm reset leaves it.
    rmSync(path.join(root, manifest));
    await mustRunCommand([...form.command(kubeVip("v1.34.10")), "--rootfs", root, "--init"], { env: form.env });
    const tree = treeOf(root);
    expect(tree[manifest], form.name).toContain(superAdmin);
    expect(tree[state], form.name).toContain('"finalized": false,\n');
  }
});

describe.each(finalizerNames)("%s", (how) => {
  it("keeps what somebody changed in the manifest, which stays unknown to the state", async () => {
    const root = await (await preparedNode(kubeVip("v1.34.10")))();
    const text = `${readFileSync(path.join(root, manifest), "utf8")}# \\our \t note: grüße\r\n  # without an end`;
    writeFileSync(path.join(root, manifest), text);
    const hashes = (tree: Tree): readonly string[] =>
      (tree[state] ?? "").split("\n").filter((line) => line.includes("sha256"));
    const before = treeOf(root);
    expect(await finalize(how, root, ["--no-wait"])).toMatchObject({
      status: 0,
      stdout: `[finalize] Writing "${manifest}"\n`,
    });
    const after = treeOf(root);
    expect(contentOf(after[manifest] ?? "")).toBe(text.replace(superAdmin, admin));
    expect(after[state]).toContain('"finalized": true,\n');
    expect(hashes(after)).toEqual(hashes(before));
    const argv = [...program.command(kubeVip("v1.34.10")), "--rootfs", root, "--init"];
    expect((await runCommand(argv)).stderr).toContain("[ERROR ForeignFile--etc-kubernetes-manifests-kube-vip.yaml]");
  });

  it("works on files that were brought by hand", async () => {
    const root = await (await preparedNode(kubeVip("v1.34.10")))();
    for (const place of [state, "/run/kubeadm-ha/lock"]) rmSync(path.join(root, place));
    rmSync(path.join(root, "run"), { recursive: true });
    const before = treeOf(root);
    expect(await finalize(how, root, ["--no-wait"], { umask: "077" })).toMatchObject({ status: 0, stderr: "" });
    expect(differences(before, treeOf(root))).toEqual({
      [manifest]: [before[manifest], before[manifest]?.replace(superAdmin, admin)],
      "/run": [undefined, "directory 755 0:0"],
      "/run/kubeadm-ha": [undefined, "directory 700 0:0"],
      "/run/kubeadm-ha/lock": [undefined, "file 600 0:0\n"],
    });
  });

  it("is no business of a node without kube-vip, or of one that joined", async () => {
    const other = await preparedNode({
      ...kubeVip("v1.34.10"),
      file: kubeVip("").file.replace("kube-vip", "keepalived"),
    });
    const root = await other();
    put(path.join(root, "etc/kubeadm-ha/finalize.sh"), finalizeScript, 0o755);
    const before = treeOf(root, { times: true });
    expect(await finalize(how, root, ["--no-wait"])).toEqual({
      status: 1,
      stdout: "",
      stderr: `error: there is no ${manifest}: is this the node where kubeadm init ran?\n`,
    });
    expect(differences(before, treeOf(root, { times: true }))).toEqual({});
    const joined = temporaryDirectory();
    await mustRunCommand([...program.command({ ...kubeVip("v1.34.10"), node: "cp2" }), "--rootfs", joined]);
    put(path.join(joined, "etc/kubeadm-ha/finalize.sh"), finalizeScript, 0o755);
    const was = treeOf(joined, { times: true });
    expect(await finalize(how, joined, [])).toMatchObject({
      status: 0,
      stdout: `[finalize] unchanged "${manifest}"\n`,
    });
    expect(differences(was, treeOf(joined, { times: true }))).toEqual({});
  });
});
