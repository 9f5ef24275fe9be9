import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import type { IgnitionVersion } from "../../src/formats/format.ts";
import { type Cluster, examples } from "../node/support/clusters.ts";
import { newDirectory } from "../node/support/directory.ts";
import { put } from "../node/support/machine.ts";
import { runPrepare, runScript } from "../node/support/trial.ts";
import { applyIgnition, type IgnitionConfig } from "../support/apply-ignition.ts";
import { root } from "../support/built.ts";
import { runWith } from "../support/io.ts";
import { oracle, requireSystem } from "./support/programs.ts";
import { type Tree, treeOf, without } from "./support/tree.ts";

// Ignition itself does with a configuration what `prepare` does.

const script = "/etc/kubeadm-ha/prepare-node.sh";

beforeAll(requireSystem);

const nodes = examples.flatMap((cluster) =>
  Object.values(cluster.nodes).flatMap((node) =>
    node === undefined ? [] : [[`${cluster.name}, ${node}`, cluster, node] as const],
  ),
);

describe.each(nodes)("%s", (_, cluster, node) => {
  it("gets from Ignition's files stage what the configuration says, and from the script what prepare leaves", async () => {
    const [machine, simulated] = [installedSystem(), installedSystem()];
    const text = await configuration(cluster, node, "3.4");
    const { status, output } = apply(text, machine);
    expect({ status, output }).toEqual({ status: 0, output: expect.not.stringMatching(/warn|error|crit|unused/i) });
    applyIgnition(JSON.parse(text) as IgnitionConfig, simulated);
    expect(treeOf(machine)).toEqual(treeOf(simulated));

    const ran = await runScript("dash", readFileSync(join(machine, script), "utf8"), {
      argv: [machine],
      path: `${curlWithoutAnswer()}:${process.env["PATH"] ?? ""}`,
    });
    expect(ran).toMatchObject({ code: 0, err: expect.not.stringContaining("ERROR") });
    const prepared = installedSystem();
    const founds = node === cluster.nodes.founder ? ["--init"] : [];
    const flags = [...cluster.flags, "--node-name", node, "--rootfs", prepared, ...founds];
    expect(await runPrepare(cluster, flags)).toMatchObject({ code: 0 });
    expect(withoutIgnition(treeOf(machine))).toEqual(treeOf(prepared));
  });

  it("is right by the types of version 2.3", async () => {
    expect(checked(await configuration(cluster, node, "2.3"))).toEqual({ status: 0, output: "" });
  });
});

const [cluster] = examples;
if (cluster === undefined) throw new Error("there are no examples");
const { founder } = cluster.nodes;

it("comes out of another configuration as docs/flatcar.md compresses it", async () => {
  const [plain, wrapped, directory] = [installedSystem(), installedSystem(), newDirectory()];
  const text = await configuration(cluster, founder, "3.4");
  writeFileSync(join(directory, "cp1.ign"), text);
  const [command = ""] = /^printf .* cp1\.small\.ign$/m.exec(readFileSync(join(root, "docs/flatcar.md"), "utf8")) ?? [];
  execFileSync("sh", ["-ec", command], { cwd: directory });
  const small = readFileSync(join(directory, "cp1.small.ign"), "utf8");
  expect(small.length).toBeLessThan(text.length / 2);
  expect([apply(text, plain).status, apply(small, wrapped).status]).toEqual([0, 0]);
  expect(treeOf(wrapped)).toEqual(treeOf(plain));
});

describe("what is wrong", () => {
  it.each([
    ["an unknown key", '"overwrite":true', '"overwrites":true', /Unused key overwrites/i],
    ["a mode that is none", '"mode":384', '"mode":9999', /illegal file mode/i],
    ["a text that is no URL", "data:,%23", "data:,#", /.+/],
    ["a unit that nothing starts", "[Install]", "[Instal]", /no Install section/i],
  ])("is seen by Ignition: %s", async (_, good, bad, said) => {
    const text = await configuration(cluster, founder, "3.4");
    expect(text).toContain(good);
    expect(apply(text.replaceAll(good, bad), installedSystem()).output.replaceAll(/^INFO .*\n/gm, "")).toMatch(said);
  });

  it.each([
    ["an unknown key", '"overwrite"', '"overwrites"'],
    ["no file system", '"filesystem":"root"', '"filesystem":""'],
    ["a scheme that is none", "data:,", "date:,"],
    ["version 3", '"2.3.0"', '"3.0.0"'],
  ])("is seen by the types of version 2.3: %s", async (_, good, bad) => {
    const text = await configuration(cluster, founder, "2.3");
    expect(text).toContain(good);
    expect(checked(text.replaceAll(good, bad)).status).toBe(1);
  });
});

// Into a directory: one with secrets is not printed.
async function configuration({ files, flags }: Cluster, node: string, version: IgnitionVersion): Promise<string> {
  const output = join(newDirectory(), "out");
  const argv = [...flags, "--node", node, "--format", "ignition", "--ignition-version", version, "-o", output];
  const { code, err } = await runWith(files, "render", ...argv);
  if (code !== 0) throw new Error(err);
  return readFileSync(join(output, `${node}.ign`), "utf8");
}

/** Ignition on a directory, as its program for containers does it; that goes by its name. */
function apply(text: string, root: string): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(
    oracle("ignition-v2.24.0"),
    ["--root", root, "--offline", "--ignore-unsupported", "-"],
    { argv0: "ignition-apply", input: text, encoding: "utf8", env: { container: "test", PATH: process.env["PATH"] } },
  );
  return { status, output: `${stdout}${stderr}` };
}

function checked(text: string): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(oracle("ignition-config-v0.35.0"), { input: text, encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
}

/** What every system has. */
function installedSystem(): string {
  const root = newDirectory();
  for (const place of ["etc/systemd/system", "etc/systemd/system-preset", "etc/tmpfiles.d", "run"])
    mkdirSync(join(root, place), { recursive: true });
  put("/etc/systemd/system-preset/20-ignition.preset", "")(root);
  return root;
}

function withoutIgnition(tree: Tree): Tree {
  const own = without(tree, (place) => place === script || place === "/etc/systemd/system/kubeadm-ha-prepare.service");
  const preset = "/etc/systemd/system-preset/20-ignition.preset";
  return { ...own, [preset]: (own[preset] ?? "").replace("enable kubeadm-ha-prepare.service\n", "") };
}

/** A directory for PATH: whether anybody answers would be this machine's network otherwise. */
function curlWithoutAnswer(): string {
  const directory = newDirectory();
  writeFileSync(join(directory, "curl"), "#!/bin/sh\nexit 7\n", { mode: 0o755 });
  return directory;
}
