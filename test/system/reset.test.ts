import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import buildProgram from "../support/build-program.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { copyRoot, initialise, kubeadmReset, makeDebianRoot, put } from "./support/debian-root.ts";
import { type ExampleNode, exampleNodes } from "./support/example-nodes.ts";
import { type Form, mustRunCommand, program, script } from "./support/preparing.ts";
import { requireSystem } from "./support/programs.ts";
import { reset } from "./support/reset.ts";
import { isDirectory, type Tree, treeOf } from "./support/tree.ts";

// What prepare did, reset undoes: nobody could tell the machine from what it was before.

const shells = [["dash"], ["bash", "--posix"], ["busybox", "sh"]];

beforeAll(() => {
  requireSystem();
  buildProgram();
});

describe.each(exampleNodes().map((node, index) => [node.name, node, index] as const))("%s", (_, node, index) => {
  it("is as it was before", async () => {
    const top = await debian(index);
    const forms = [program, script(shells[index % shells.length] ?? ["dash"], top)];
    await Promise.all(
      forms.map(async (form) => {
        const { root, before, after } = await prepared(form, node, top);
        expect(ownFiles(before, after).length).toBeGreaterThan(2);
        const listed = await mustRunCommand(reset(root, "--dry-run"));
        expect(treeOf(root, { times: true })).toEqual(after);
        const { stdout } = await mustRunCommand(reset(root, "--force"));
        expect(treeOf(root, { times: true }), form.name).toEqual(before);
        expect(named(stdout, "Removing")).toEqual(ownFiles(before, after));
        expect(named(listed.stdout, "Would remove")).toEqual(ownFiles(before, after));
        expect((await mustRunCommand(reset(root, "--force"))).stdout).toBe(
          '[reset] nothing to remove: there is no "/etc/kubeadm-ha/state.json"\n',
        );
        expect(treeOf(root, { times: true })).toEqual(before);
      }),
    );
  });

  it("is as it was before, after kubeadm init and reset and beside files of somebody else", async () => {
    const top = await debian(index);
    await Promise.all([
      (async () => {
        const { root, before } = await prepared(program, node, top);
        initialise(root);
        await kubeadmReset(root);
        await mustRunCommand(reset(root, "--force"));
        const left = treeOf(root, { times: true });
        for (const directory of ["/etc/kubernetes", "/etc/kubernetes/pki", "/var", "/var/lib", "/var/lib/kubelet", "/var/lib/etcd"])
          if (before[directory] === undefined) delete (left as Record<string, string>)[directory];
        expect(left).toEqual(before);
      })(),
      (async () => {
        const { root, before, after } = await prepared(script(["dash"], top), node, top);
        const own = Object.keys(after).filter((place) => before[place] === undefined && isDirectory(after[place] ?? ""));
        for (const directory of [...own, "/etc/kubernetes/manifests"])
          put(path.join(root, directory, "somebody-else"), "not of kubeadm-ha\n", 0o640);
        const foreign = Object.entries(treeOf(root, { times: true })).filter(([place]) => place.endsWith("/somebody-else"));
        await mustRunCommand(reset(root, "--force"));
        const directories = own.map((place) => [place, after[place]]);
        const manifests = before["/etc/kubernetes/manifests"] ?? "directory 755 0:0";
        const added = Object.fromEntries([...directories, ...foreign]);
        expect(treeOf(root, { times: true })).toEqual({
          "/etc/kubernetes": "directory 755 0:0",
          "/etc/kubernetes/manifests": manifests,
          ...before,
          ...added,
        });
      })(),
    ]);
  });
});

/** A machine with Debian's daemons; on every other one the kubelet's package has made its directory, and one has no /run. */
async function debian(index: number): Promise<string> {
  const top = temporaryDirectory();
  await makeDebianRoot(path.join(top, "debian"));
  if (index % 2 === 1) {
    mkdirSync(path.join(top, "debian/etc/kubernetes/manifests"), { recursive: true });
    put(path.join(top, "debian/etc/kubernetes/manifests/node-exporter.yaml"), "kind: Pod\n", 0o600);
  }
  if (index % 3 === 2) await mustRunCommand(["rm", "-r", path.join(top, "debian/run")]);
  return top;
}

async function prepared(form: Form, node: ExampleNode, top: string): Promise<Prepared> {
  const root = path.join(top, `root-${readdirSync(top).length}`);
  await copyRoot(path.join(top, "debian"), root);
  const before = treeOf(root, { times: true });
  const join = path.join(root, "run/kubeadm-ha/join");
  if (node.role === "join") {
    mkdirSync(path.dirname(join), { recursive: true, mode: 0o700 });
    writeFileSync(join, node.joinCommand, { mode: 0o600 });
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
  return [...stdout.matchAll(new RegExp(`^\\[reset\\] ${verb} "(.*)"$`, "gm"))].map(([, place = ""]) => place).toSorted();
}
