import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { temporaryDirectory } from "../support/temporary.ts";
import { copyRoot, initialise, kubeadmReset, makeDebianRoot, put } from "./support/debian-root.ts";
import { type ExampleNode, exampleNodes } from "./support/example-nodes.ts";
import { type Form, mustRunCommand, program, script } from "./support/preparing.ts";
import { requireSystem } from "./support/programs.ts";
import { differences, reset } from "./support/reset.ts";
import { isDirectory, type Tree, treeOf } from "./support/tree.ts";

// What prepare did, reset undoes: nobody could tell the machine from what it was before.

const shells = [["dash"], ["bash", "--posix"], ["busybox", "sh"]];

beforeAll(requireSystem);

describe.each(exampleNodes().map((node, index) => [node.name, node, index] as const))("%s", (_, node, index) => {
  const form = (top: string): Form => script(shells[index % shells.length] ?? ["dash"], top);

  it("is as it was before kubeadm-ha prepare", async () => {
    const top = await debian(index);
    const { root, before, after } = await prepared(program, node, top);
    const own = ownFiles(before, after);
    expect(own.length).toBeGreaterThan(1);
    const listed = await mustRunCommand(reset(root, "--dry-run"));
    expect(named(listed.stdout, "Would remove")).toEqual(own);
    expect(differences(after, treeOf(root, { times: true }))).toEqual({});
    const { stdout } = await mustRunCommand(reset(root, "--force"));
    expect(named(stdout, "Removing")).toEqual(own);
    expect(differences(before, treeOf(root, { times: true }))).toEqual({});
    const again = await mustRunCommand(reset(root, "--force"));
    expect(again.stdout).toBe('[reset] nothing to remove: there is no "/etc/kubeadm-ha/state.json"\n');
    expect(differences(before, treeOf(root, { times: true }))).toEqual({});
  });

  it("is as it was before kubeadm reset, which left nothing of kubeadm-ha in its directories", async () => {
    const top = await debian(index);
    const { root, before, after } = await prepared(index % 2 === 0 ? form(top) : program, node, top);
    initialise(root);
    await kubeadmReset(root);
    // kubeadm keeps its directories and empties them.
    const kubeadms = Object.entries(treeOf(root)).filter(([place]) => after[place] === undefined);
    const parents = new Set(kubeadms.map(([place]) => path.dirname(place)));
    const expected = [...kubeadms, ...Object.entries(after).filter(([place]) => parents.has(place))];
    await mustRunCommand(reset(root, "--force"));
    expect(differences({ ...Object.fromEntries(expected), ...before }, treeOf(root, { times: true }))).toEqual({});
  });

  it("keeps files of somebody else that came after the node script", async () => {
    const top = await debian(index);
    const { root, before, after } = await prepared(form(top), node, top);
    const own = Object.keys(after).filter((place) => before[place] === undefined && isDirectory(after[place] ?? ""));
    const places = new Set([...own, "/etc/kubernetes/manifests", "/run/kubeadm-ha", "/etc/kubeadm-ha"]);
    for (const place of places) put(path.join(root, place, "somebody-else"), "not of kubeadm-ha\n", 0o640);
    const now = treeOf(root, { times: true });
    await mustRunCommand(reset(root, "--force"));
    const kept = [...places].flatMap((place) => [place, path.join(place, "somebody-else")]);
    const parents = [...places].map((place) => path.dirname(place));
    const expected = [...kept, ...parents]
      .filter((place) => before[place] === undefined)
      .map((place) => [place, now[place]]);
    expect(differences({ ...before, ...Object.fromEntries(expected) }, treeOf(root, { times: true }))).toEqual({});
  });
});

/** A machine with Debian's daemons; on every other one the kubelet's package has made its directory. */
async function debian(index: number): Promise<string> {
  const top = temporaryDirectory();
  await makeDebianRoot(path.join(top, "debian"));
  if (index % 2 === 1) mkdirSync(path.join(top, "debian/etc/kubernetes/manifests"), { recursive: true });
  return top;
}

async function prepared(form: Form, node: ExampleNode, top: string): Promise<Prepared> {
  const root = mkdtempSync(path.join(top, "root-"));
  await copyRoot(path.join(top, "debian"), root);
  const before = treeOf(root, { times: true });
  if (node.role === "join") {
    mkdirSync(path.join(root, "run/kubeadm-ha"), { mode: 0o700 });
    writeFileSync(path.join(root, "run/kubeadm-ha/join"), node.joinCommand, { mode: 0o600 });
  }
  await mustRunCommand([...form.command(node), "--rootfs", root, `--${node.role}`], { env: form.env });
  return { root, before, after: treeOf(root, { times: true }) };
}

interface Prepared {
  readonly root: string;
  readonly before: Tree;
  readonly after: Tree;
}

/** Files that are there now and were not before, without the state and the lock, which nobody asked for. */
function ownFiles(before: Tree, after: Tree): readonly string[] {
  return Object.keys(after)
    .filter((place) => before[place] === undefined && !isDirectory(after[place] ?? ""))
    .filter((place) => !["/etc/kubeadm-ha/state.json", "/run/kubeadm-ha/lock"].includes(place))
    .toSorted();
}

function named(stdout: string, verb: string): readonly string[] {
  return [...stdout.matchAll(new RegExp(`^\\[reset\\] ${verb} "(.*)"$`, "gm"))]
    .map(([, place = ""]) => place)
    .toSorted();
}
