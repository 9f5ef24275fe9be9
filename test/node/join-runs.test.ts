import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { example } from "./support/clusters.ts";
import { joinCommand, secrets, secretsIn } from "./support/join.ts";
import { makeMember, put } from "./support/machine.ts";
import { type ShellName, shellNames, type Trial, trial } from "./support/trial.ts";

// What becomes of a join file.

const cluster = example("keepalived-haproxy");
const usual = "/run/kubeadm-ha/join";
const command = joinCommand(cluster);
const withoutKey = command.replace(/ --control-plane.*/, "");

function machineWith(text: string, node: string, ways?: readonly ShellName[]): Trial {
  const machine = trial(cluster, node, ways);
  machine.each(put(usual, text, 0o600));
  return machine;
}

test.concurrent.each([
  [
    "without a key for a control-plane node",
    withoutKey,
    "the join file has no certificate key, which cp2 needs to join",
  ],
  ["without a token", command.replace(/--token \S+ /, ""), "has no token; found a kubeadm join command, expected"],
  [
    "of another cluster",
    command.replace(/join \S+/, "join 10.9.9.9:6443"),
    "the join file is for https://10.9.9.9:6443",
  ],
])("one %s ends the run and stays", async (_, text, message) => {
  const result = await machineWith(text, "cp2", shellNames).agree();
  expect(result).toMatchObject({ code: 2, out: "", tree: result.before });
  expect(result.err).toMatch(/^error: \/run\/kubeadm-ha\/join: .*\n$/);
  expect(result.err).toContain(message);
  expect(secretsIn(result.err)).toEqual([]);
});

test.concurrent("one without a key is no reason to forget the one that was used", async () => {
  const machine = machineWith(command, "cp2");
  const { tree } = await machine.agree();
  machine.each(put(usual, withoutKey, 0o600));
  expect(await machine.agree()).toMatchObject({ code: 2, tree: { ...tree, [usual]: `file 600 0:0\n${withoutKey}` } });
});

test.concurrent("one without a key is enough for a worker", async () => {
  const result = await machineWith(withoutKey, "w1").agree();
  expect(result).toMatchObject({ code: 0, out: expect.stringContaining("kubeadm join --config") });
});

test.concurrent("new secrets take the place of the old ones", async () => {
  const machine = machineWith(command, "cp2");
  await machine.agree();
  const other = { ...secrets, token: "zzzzzz.zzzzzzzzzzzzzzzz" };
  machine.each(put(usual, joinCommand(cluster, other), 0o600));
  const { tree, out } = await machine.agree();
  expect(out).toContain('Writing "/etc/kubeadm-ha/kubeadm.yaml"\n');
  expect(tree["/etc/kubeadm-ha/kubeadm.yaml"]).toContain(other.token);
  expect(tree["/etc/kubeadm-ha/kubeadm.yaml"]).not.toContain(secrets.token);
});

test.concurrent("one is not looked at by a node that founds, and stays", async () => {
  const machine = machineWith("not a join file\n", "cp1");
  const founded = await machine.agree(["--init"]);
  expect(founded).toMatchObject({ code: 0, tree: { [usual]: founded.before[usual] } });
  machine.each(makeMember);
  // As before: it is in the cluster that it founded.
  const again = await machine.agree();
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining("founds the cluster: as before") });
  const named = await machine.agree(["--join-command-file", `ROOT${usual}`]);
  expect(named).toMatchObject({ code: 0, tree: { [usual]: founded.before[usual] } });
});

test.concurrent("a link or directory in its usual place is none", async () => {
  for (const change of [
    (root: string) => symlinkSync("elsewhere", join(root, usual)),
    (root: string) => mkdirSync(join(root, usual)),
  ]) {
    const machine = trial(cluster, "cp2");
    machine.each(put("/run/kubeadm-ha/elsewhere", command));
    machine.each(change);
    const result = await machine.agree();
    expect(result).toMatchObject({ code: 0, out: expect.stringContaining("has no join secrets yet") });
    expect(result.tree[usual]).toBe(result.before[usual]);
  }
});

test("a pipe is one too, and stays", async () => {
  const machine = trial(cluster, "cp2", shellNames);
  machine.each((root) => {
    put("/root/command", command)(root);
    execFileSync("mkfifo", [join(root, "root/pipe")]);
    const writer = spawn("sh", ["-c", "cat root/command >root/pipe"], { cwd: root, stdio: "ignore" });
    onTestFinished(() => void writer.kill());
  });
  const result = await machine.agree(["--join-command-file", "ROOT/root/pipe"]);
  expect(result).toMatchObject({ code: 0, out: expect.not.stringContaining("Removing") });
  expect(secretsIn(result.tree["/etc/kubeadm-ha/kubeadm.yaml"] ?? "")).toEqual(Object.values(secrets));
  expect(result.tree["/root/pipe"]).toBe(result.before["/root/pipe"]);
});
