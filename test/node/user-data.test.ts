import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { type Tree, treeOf } from "../system/support/tree.ts";
import { booted, curlThatEnds, installedSystem, userData } from "./support/booted.ts";
import { type Cluster, edited, example, examples } from "./support/clusters.ts";
import { newDirectory } from "./support/directory.ts";
import { joinCommand, secrets } from "./support/join.ts";
import { differences, makeMember, put } from "./support/machine.ts";
import { installed } from "./support/programs.ts";
import { runPrepare, shellNames } from "./support/trial.ts";

// User data leaves the same tree as `prepare`: the machine's own means write the given files, then the script runs.

describe.concurrent.each(examples.map((cluster, index) => [cluster.name, cluster, index] as const))(
  "%s",
  (_, cluster, index) => {
    const shell = shellNames[index % shellNames.length] ?? "dash";

    test("the founder, and once more", async () => {
      const machine = booted(cluster, cluster.nodes.founder);
      const first = await machine.run(shell);
      expect(first).toMatchObject({ code: 0, out: "Next: kubeadm init --config /etc/kubeadm-ha/kubeadm.yaml\n" });
      const tree = treeOf(machine.root, { times: true });
      expect(differences(treeOf(machine.root), await prepared(cluster, cluster.nodes.founder, ["--init"]))).toEqual([]);
      expect(await machine.run(shell)).toEqual(first);
      expect(treeOf(machine.root, { times: true })).toEqual(tree);
    });

    test("the founder joins where there is a join file, and goes on joining", async () => {
      const machine = booted(cluster, cluster.nodes.founder);
      bring(joinCommand(cluster))(machine.root);
      const first = await machine.run(shell);
      expect(first).toMatchObject({ code: 0, out: "Next: kubeadm join --config /etc/kubeadm-ha/kubeadm.yaml\n" });
      const tree = treeOf(machine.root);
      const expected = await prepared(cluster, cluster.nodes.founder, [], bring(joinCommand(cluster)));
      expect(differences(tree, expected)).toEqual([]);
      expect(await machine.run(shell)).toEqual(first);
      expect(treeOf(machine.root)).toEqual(tree);
    });

    test.each([cluster.nodes.other, cluster.nodes.worker].filter((node) => node !== undefined))(
      "%s, before and after it has secrets",
      async (node) => {
        const machine = booted(cluster, node);
        expect(await machine.run(shell)).toMatchObject({
          code: 0,
          out: expect.stringContaining("o join secrets yet"),
        });
        expect(differences(treeOf(machine.root), await prepared(cluster, node, []))).toEqual([]);
        bring(joinDocument(cluster))(machine.root);
        expect(await machine.run(shell)).toMatchObject({ code: 0, out: expect.stringContaining("Next: kubeadm join") });
        const tree = treeOf(machine.root);
        const expected = await prepared(cluster, node, [], bring(joinDocument(cluster)));
        expect(differences(tree, expected)).toEqual([]);
        expect(await machine.run(shell)).toMatchObject({ code: 0 });
        expect(treeOf(machine.root)).toEqual(tree);
      },
    );
  },
);

const kubeVip = example("kube-vip");

test.each(shellNames)("a member is left alone, whatever its files are (%s)", async (shell) => {
  const machine = booted(kubeVip, kubeVip.nodes.founder);
  makeMember(machine.root);
  const before = treeOf(machine.root, { times: true });
  expect(await machine.run(shell)).toEqual({ code: 0, out: "", err: "" });
  expect(treeOf(machine.root, { times: true })).toEqual(before);
});

test("what prepare did already stays as it is", async () => {
  const machine = booted(kubeVip, kubeVip.nodes.other);
  await machine.run("dash");
  const tree = treeOf(machine.root);
  const again = await runPrepare(kubeVip, [
    ...kubeVip.flags,
    "--node-name",
    kubeVip.nodes.other,
    "--rootfs",
    machine.root,
  ]);
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining("unchanged") });
  expect(again.out).not.toContain("Writing");
  expect(treeOf(machine.root)).toEqual(tree);
});

test.each(shellNames)("half a join file ends the run, and kubeadm finds nothing to run with (%s)", async (shell) => {
  const machine = booted(kubeVip, kubeVip.nodes.founder);
  bring("kubeadm join 192.168.10.100:6443 --token h8k2x0.5m1r9c4t7w3z6p0q\n")(machine.root);
  const refused = await machine.run(shell);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("not all secrets") });
  expect(Object.keys(treeOf(machine.root))).not.toContain("/etc/kubeadm-ha/kubeadm.yaml");
  bring(joinCommand(kubeVip))(machine.root);
  expect(await machine.run(shell)).toMatchObject({ code: 0 });
});

test.each(shellNames)("a file that was not brought (%s)", async (shell) => {
  const machine = booted(kubeVip, kubeVip.nodes.founder, (files) => files.slice(1));
  expect(await machine.run(shell)).toMatchObject({
    code: 3,
    err: expect.stringMatching(/^error: \/etc\/.* is missing\n$/),
  });
});

test.each(shellNames)("where a cluster answers nobody founds another one (%s)", async (shell) => {
  const machine = booted(kubeVip, kubeVip.nodes.founder);
  const refused = await machine.run(shell, `${curlThatEnds(0)}:${process.env["PATH"] ?? ""}`);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("answers: there is a cluster") });
  expect(Object.keys(treeOf(machine.root))).not.toContain("/etc/kubeadm-ha/kubeadm.yaml");
  expect(await machine.run(shell)).toMatchObject({ code: 0 });
  const tree = await prepared(kubeVip, kubeVip.nodes.founder, ["--init"]);
  expect(differences(treeOf(machine.root), tree)).toEqual([]);
});

test("the interface is found where the script runs", async () => {
  const cluster = edited(example("keepalived-haproxy"), { "  interface: eth0\n": "", ", interface: ens192": "" });
  const machine = booted(cluster, cluster.nodes.founder);
  expect(Object.keys(treeOf(machine.root))).not.toContain("/etc/kubeadm-ha/keepalived/keepalived.conf");
  const refused = await machine.run("dash");
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("keepalived.conf needs to know: interface") });
});

/** What brings the join secrets to a machine. */
function bring(text: string): (root: string) => void {
  return (root) => {
    mkdirSync(join(root, "run/kubeadm-ha"), { recursive: true, mode: 0o700 });
    put("/run/kubeadm-ha/join", text, 0o600)(root);
  };
}

/** What `prepare` leaves on such a machine. */
async function prepared(
  cluster: Cluster,
  node: string,
  flags: readonly string[],
  before: (root: string) => void = () => {},
): Promise<Tree> {
  const root = installedSystem();
  before(root);
  const outcome = await runPrepare(cluster, [...cluster.flags, "--node-name", node, "--rootfs", root, ...flags]);
  expect(outcome).toMatchObject({ code: 0 });
  return treeOf(root);
}

function joinDocument(cluster: Cluster): string {
  const { token, hash, key } = secrets;
  return `apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  bootstrapToken:
    token: "${token}"
    apiServerEndpoint: "${joinCommand(cluster).split(" ")[2]}"
    caCertHashes: ["${hash}"]
controlPlane:
  certificateKey: ${key}
`;
}

const scripts = examples.flatMap((cluster) =>
  [cluster.nodes.founder, cluster.nodes.other].map((node) => [cluster.name, node, cluster] as const),
);

test.each(scripts)("shellcheck finds nothing: %s, %s", (_, node, cluster) => {
  // Set and read in different functions; join is a role here; both sides of the last || end the run.
  const excluded = "SC2034,SC2154,SC2209,SC2015";
  const { script } = userData(cluster, node);
  const { stdout } = spawnSync("shellcheck", ["--shell=sh", `--exclude=${excluded}`, "-"], {
    input: script,
    encoding: "utf8",
  });
  expect(stdout).toBe("");
});

const places = ["mv", "chmod", "sync", "sha256sum"].flatMap((program) =>
  [1, 2, 3].map((call) => [program, call] as const),
);

test.each(places)("power is lost at %s, call %i, and the next run finishes", async (program, call) => {
  const cluster = example("keepalived-haproxy");
  const machine = booted(cluster, cluster.nodes.founder);
  bring(joinCommand(cluster))(machine.root);
  await machine.run("dash", `${killerAs(program, call)}:${curlThatEnds(7)}:${process.env["PATH"] ?? ""}`);
  const ended = await machine.run("dash");
  expect(ended).toMatchObject({ code: 0, out: "Next: kubeadm join --config /etc/kubeadm-ha/kubeadm.yaml\n" });
  const expected = await prepared(cluster, cluster.nodes.founder, [], bring(joinCommand(cluster)));
  expect(differences(treeOf(machine.root), expected)).toEqual([]);
});

/** A directory with one program, which kills the script at one of its calls and does its work at the others. */
function killerAs(program: string, call: number): string {
  const directory = newDirectory();
  const text = `#!/bin/sh
echo >>${directory}/calls
[ "$(wc -l <${directory}/calls)" != ${call} ] || kill -9 $PPID
exec ${installed(program).path} "$@"
`;
  writeFileSync(join(directory, program), text, { mode: 0o755 });
  return directory;
}
