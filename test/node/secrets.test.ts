import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { treeOf } from "../system/support/tree.ts";
import { newDirectory } from "./support/directory.ts";
import { examples, scriptOf } from "./support/clusters.ts";
import { joinCommand, secrets, secretsIn } from "./support/join.ts";
import { expectedModes, modesOf, put } from "./support/machine.ts";
import { packagePrograms, withoutOtherPrograms } from "./support/programs.ts";
import { runScript, shellNames, trial } from "./support/trial.ts";

// Join secrets reach one file, which only its owner may read.

const kubeadm = "/etc/kubeadm-ha/kubeadm.yaml";

test.each(examples.map((cluster, index) => [cluster.name, cluster, index % 2 === 0 ? 0o000 : 0o077] as const))(
  "%s: whatever the umask is",
  async (_, cluster, umask) => {
    const node = cluster.nodes.worker ?? cluster.nodes.other;
    const machine = trial(cluster, node);
    machine.each(put("/run/kubeadm-ha/join", joinCommand(cluster), 0o600));
    machine.each((root) => chmodSync(join(root, "run/kubeadm-ha"), 0o700));
    const result = await machine.agree([], { umask });
    expect(modesOf(result.tree)).toEqual(expectedModes(result.tree));
    const { [kubeadm]: written = "", ...others } = result.tree;
    expect(written).toMatch(/^file 600 /);
    expect(secretsIn(written)).toEqual(
      node === cluster.nodes.worker ? [secrets.token, secrets.hash] : Object.values(secrets),
    );
    expect([result.out, result.err, ...Object.values(others)].flatMap(secretsIn)).toEqual([]);
  },
);

describe.each(shellNames)("%s", (shell) => {
  test("no program gets a secret as an argument or in its environment", async () => {
    const [cluster] = examples;
    if (cluster === undefined) throw new Error("no example");
    const directory = newDirectory();
    const bin = join(directory, "bin");
    mkdirSync(bin);
    const log = join(directory, "log");
    // Stands in for every program, notes how it was called, and calls it.
    writeFileSync(
      join(bin, ".program"),
      `#!/bin/bash\nprintf '%s\\n' "\${0##*/}" "$@" >>${log}\nexport -p >>${log}\nPATH=${process.env["PATH"]} exec "\${0##*/}" "$@"\n`,
    );
    chmodSync(join(bin, ".program"), 0o755);
    for (const program of packagePrograms()) symlinkSync(".program", join(bin, program.name));
    const { text } = await scriptOf(cluster, cluster.nodes.other);
    const root = join(directory, "root");
    put("/run/kubeadm-ha/join", joinCommand(cluster))(root);
    const result = await runScript(shell, withoutOtherPrograms(text), { argv: ["--rootfs", root], path: bin });
    expect(result).toMatchObject({ code: 0, err: expect.not.stringContaining("not found") });
    const called = readFileSync(log, "utf8");
    expect(called).toMatch(/^sha256sum$/m);
    expect(secretsIn(called)).toEqual([]);
    const { [kubeadm]: written = "", ...others } = treeOf(root);
    expect(secretsIn(written)).toEqual(Object.values(secrets));
    expect(Object.values(others).flatMap(secretsIn)).toEqual([]);
  });
});
