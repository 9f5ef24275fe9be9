import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { contentOf } from "../system/support/tree.ts";
import { type Cluster, edited, example } from "./support/clusters.ts";
import { differences, makeMember, put } from "./support/machine.ts";
import { shellNames, type Trial, trial } from "./support/trial.ts";

// What an earlier run decided, and this one must not overturn by the way.

const cluster = example("keepalived-haproxy");
const statePath = "/etc/kubeadm-ha/state.json";

async function prepared(as: Cluster = cluster, node = "cp1"): Promise<Trial> {
  const machine = trial(as, node);
  expect(await machine.agree([node === "cp1" ? "--init" : "--join"])).toMatchObject({ code: 0 });
  return machine;
}

/** Refused with this problem, and nothing is changed. */
async function refused(machine: Trial, name: string): Promise<string> {
  const result = await machine.agree();
  expect(result).toMatchObject({ code: 1, out: "" });
  expect(result.err).toMatch(
    new RegExp(
      String.raw`^\[preflight\] Some fatal errors occurred:\n\t\[ERROR ${name}\]: .*\n\[preflight\] If you know`,
      "m",
    ),
  );
  expect(result.tree).toEqual(result.before);
  return result.err;
}

test.concurrent.each([
  ["kube-vip", "dash"],
  ["keepalived", "bash"],
  ["kube-vip-haproxy", "busybox"],
] as const)("from %s to keepalived with haproxy is no change by the way", async (name, shell) => {
  const machine = trial(example(name), "cp1", [shell]);
  await machine.agree(["--init"]);
  machine.each(makeMember);
  expect(await refused(machine.with(cluster), "StackChanged")).toContain(
    "and the configuration wants keepalived with haproxy",
  );
  const forced = await machine.with(cluster).agree(["--ignore-preflight-errors", "stackchanged"]);
  expect(forced).toMatchObject({ code: 0, err: expect.stringContaining("\t[WARNING StackChanged]: ") });
  expect(forced.tree["/etc/kubernetes/manifests/kube-vip.yaml"]).toBeUndefined();
});

test.concurrent("a machine has one name", async () => {
  const machine = await prepared();
  machine.each(makeMember);
  expect(await refused(machine.with(cluster, "cp2"), "NodeChanged")).toContain(
    "prepared as cp1, and now it is to be cp2",
  );
});

test.concurrent("the virtual router ID stays when the virtual IP changes", async () => {
  const machine = trial(cluster, "cp1", shellNames);
  const id = virtualRouterID((await machine.agree(["--init"])).tree[statePath]);
  machine.each(makeMember);
  const moved = await machine.with(edited(cluster, { "192.168.10.100/24": "192.168.10.101/24" })).agree();
  expect(moved).toMatchObject({
    code: 0,
    err: expect.stringContaining("[WARNING VirtualRouterIDKept]: this node keeps"),
  });
  expect(virtualRouterID(moved.tree[statePath])).toBe(id);
  expect(moved.tree["/etc/kubeadm-ha/keepalived/keepalived.conf"]).toContain(`virtual_router_id ${id}\n`);
  const chosen = edited(cluster, { "nodes:": "keepalived: {virtualRouterID: 77}\nnodes:" });
  const changed = await machine.with(chosen).agree();
  expect(changed.err).not.toContain("VirtualRouterIDKept");
  expect(changed.tree[statePath]).toContain('"virtualRouterID": 77,\n');
});

test.concurrent("the rank stays when the nodes change places", async () => {
  const machine = await prepared(cluster, "cp2");
  machine.each(makeMember);
  const text = cluster.files["ha.yaml"] ?? "";
  const [second = "", third = ""] = ["cp2", "cp3"].map(
    (name) => new RegExp(`^- \\{name: ${name}.*\n`, "m").exec(text)?.[0],
  );
  const moved = edited(cluster, { [second + third]: third + second });
  const result = await machine.with(moved).agree();
  expect(result).toMatchObject({
    code: 0,
    err: expect.stringContaining("[WARNING RankKept]: this node keeps rank 1, "),
  });
  expect(result.tree[statePath]).toContain('"rank": 1,\n');
  expect(differences(result.before, result.tree)).not.toContain("/etc/kubernetes/manifests/keepalived.yaml");
  const chosen = edited(moved, { "name: cp2, ": "name: cp2, rank: 2, ", "name: cp3, ": "name: cp3, rank: 1, " });
  expect((await machine.with(chosen).agree()).tree[statePath]).toContain('"rank": 2,\n');
});

test.concurrent("finalize stays done", async () => {
  const kubeVip = example("kube-vip");
  const later = edited(kubeVip, {}, "--kubernetes-version", "v1.37.0");
  const machine = await prepared(later);
  machine.each((root) => edit(root, statePath, '"finalized": false', '"finalized": true'));
  machine.each(makeMember);
  const result = await machine.with(later).agree();
  expect(result).toMatchObject({ code: 0, out: expect.not.stringContaining("finalize.sh\n") });
  expect(result.tree["/etc/kubernetes/manifests/kube-vip.yaml"]).not.toContain(
    "path: /etc/kubernetes/super-admin.conf",
  );
  // A founder that is made anew as a joiner has nothing to finalize.
  const joiner = await machine.with(later).agree(["--join"]);
  expect(joiner.tree[statePath]).toContain('"finalized": false');
});

describe.concurrent("a state that cannot be read ends the run", () => {
  const newer = "is of another version than 1: use the kubeadm-ha that wrote it, or a newer one";
  const damaged = (what: string): string =>
    `is damaged (${what}): put it back from a backup, or move it away and give --adopt`;
  let state: ReturnType<Trial["agree"]> | undefined;
  test.each<readonly [string, (text: string) => string, string]>([
    ["of a newer version", (text) => text.replace('"version": 1,', '"version": 2,'), newer],
    ["of version 10", (text) => text.replace('"version": 1,', '"version": 10,'), newer],
    ["cut short", (text) => text.slice(0, text.length / 2), damaged("the file")],
    ["cut in the first line", () => "{\n", damaged("the file")],
    ["empty", () => "", damaged("the file")],
    ["of zeros", (text) => "\0".repeat(text.length), damaged("the file")],
    ["another text", () => "hello\n", damaged("the file")],
    ["without its last line", (text) => text.replace(/\}\n$/, ""), damaged("the file")],
  ])("%s", async (_, change, message) => {
    state ??= trial(cluster, "cp1").agree(["--init"]);
    const machine = trial(cluster, "cp1", shellNames);
    machine.each(put(statePath, change(contentOf((await state).tree[statePath] ?? ""))));
    const result = await machine.agree(["--init"]);
    expect(result).toMatchObject({ code: 3, out: "", err: `error: ${statePath} ${message}\n` });
    expect(result.tree).toEqual(result.before);
  });
});

function virtualRouterID(state = ""): string {
  return /"virtualRouterID": (\d+),/.exec(state)?.[1] ?? "";
}

function edit(root: string, path: string, piece: string, ...[by = ""]: readonly string[]): void {
  const text = readFileSync(join(root, path), "utf8");
  if (!text.includes(piece)) throw new Error(`${path} has no ${piece}`);
  writeFileSync(join(root, path), text.replace(piece, by));
}
