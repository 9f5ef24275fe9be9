import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { statePath } from "../../src/plan/state.ts";
import { builtProgram } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { createSpace, mustRun, type Result, run, type Space } from "./lab/space.ts";
import { expectRefusal, expectRefused, node, olderNode, outcome, prepare, prepared, seen } from "./support/hostile.ts";
import { type Form, mustRunCommand, program, runCommand, script } from "./support/preparing.ts";
import { requireSystem } from "./support/programs.ts";
import { type Tree, without } from "./support/tree.ts";

// Whatever a machine is like: everything is written, or nothing and it is said why.

const scripts = mkdtempSync(path.join(tmpdir(), "kubeadm-ha-scripts-"));
afterAll(() => rmSync(scripts, { recursive: true }));
const forms = [program, script(["dash"], scripts)];
let space: Space;

beforeAll(async () => {
  requireSystem();
  space = await createSpace("node");
});
afterAll(() => space.stop());

describe.each(forms)("$name", (form) => {
  describe("on a full disk", () => {
    it.each([
      { what: "blocks", start: "an empty root", total: "%b", free: "%f", option: "nr_blocks" },
      { what: "blocks", start: "an older version", total: "%b", free: "%f", option: "nr_blocks" },
      { what: "inodes", start: "an empty root", total: "%c", free: "%d", option: "nr_inodes" },
    ])("changes nothing in $start, however few $what are left", async ({ start, total, free, option }) => {
      const root = await mounted("full", "size=1g,nr_inodes=100000");
      // A limit of nothing is none.
      await mustRun(space, ["sh", "-c", `mkdir ${root}/etc && echo node >${root}/etc/hostname`]);
      if (start === "an older version") await mustRun(space, prepare(form, root, olderNode));
      const [all = 0, unused = 0] = (await mustRun(space, ["stat", "-f", "-c", `${total} ${free}`, root]))
        .split(" ")
        .map(Number);
      let left = 0;
      for (; left < 100; left++) {
        await mustRun(space, ["mount", "-o", `remount,${option}=${all - unused + left}`, root]);
        const before = seen(root, space);
        const result = await run(space, prepare(form, root));
        if (result.status === 0) break;
        expectRefusal(result, { status: 3, says: /cannot (write|lock)/ });
        expect(seen(root, space)).toEqual(before);
      }
      expect(left).toBeGreaterThan(start === "an older version" ? 2 : 10);
      await expectUsual(form, outcome(root, space));
    });

    it("changes nothing on the others", async () => {
      const root = await mounted("room-full", "size=1g");
      await mustRun(space, ["mkdir", "-p", `${root}/etc/kubeadm-ha`, `${root}/etc/kubernetes/manifests`]);
      await mountAt(`${root}/etc/kubeadm-ha`, "size=4k");
      await expectRefused(prepare(form, root), root, { status: 3, says: cannotWrite, space });
    });
  });

  it("needs no single file system", async () => {
    const root = await mounted("two", "size=1g");
    for (const place of ["etc/kubeadm-ha", "etc/kubernetes/manifests", "etc/tmpfiles.d"]) {
      await mustRun(space, ["mkdir", "-p", `${root}/${place}`]);
      await mountAt(`${root}/${place}`, "size=1m");
    }
    await mustRun(space, ["sh", "-c", `echo foreign >${root}${tmpfiles}`]);
    await mustRun(space, [...prepare(form, root), "--adopt"]);
    const tree = outcome(root, space);
    expect(tree[`/etc/kubeadm-ha/adopted${tmpfiles}`]).toMatch(/\nforeign\n$/);
    await expectUsual(
      form,
      without(tree, (place) => place.startsWith("/etc/kubeadm-ha/adopted")),
    );
  });

  it.each([
    ["everything", "", /cannot lock/],
    ["/etc", "/etc", cannotWrite],
  ])("changes nothing where %s is read-only", async (_, place, says) => {
    const root = await mounted("read-only", "size=1g");
    await mustRun(space, prepare(form, root, olderNode));
    await mustRun(space, ["mount", "--bind", `${root}${place}`, `${root}${place}`]);
    await mustRun(space, ["mount", "-o", "remount,bind,ro", `${root}${place}`]);
    await expectRefused(prepare(form, root), root, { status: 3, says, space });
  });

  it.each([
    ["a directory", (file: string) => mkdirSync(file), /is a directory/],
    ["a link", (file: string) => symlinkSync("/etc/passwd", file), /is a symbolic link/],
    ["a FIFO", (file: string) => execFileSync("mkfifo", [file]), /is neither a file nor a directory/],
  ])("never takes the place of %s", async (_, make, says) => {
    const root = temporaryDirectory();
    const file = path.join(root, "etc/kubeadm-ha/haproxy/haproxy.cfg");
    mkdirSync(path.dirname(file), { recursive: true });
    make(file);
    await expectRefused([...prepare(form, root), "--adopt"], root, { status: 1, says });
  });

  it("asks before it takes a file from another user", async () => {
    const root = temporaryDirectory();
    await prepared(form, root);
    const file = path.join(root, "etc/kubeadm-ha/haproxy/haproxy.cfg");
    chownSync(file, 1000, 1000);
    await expectRefused(prepare(form, root), root, { status: 1, says: /belongs to another user/ });
    await mustRunCommand([...prepare(form, root), "--adopt"]);
    expect(outcome(root)).toMatchObject({
      "/etc/kubeadm-ha/haproxy/haproxy.cfg": expect.stringContaining("file 644 0:0\n"),
      "/etc/kubeadm-ha/adopted/etc/kubeadm-ha/haproxy/haproxy.cfg": expect.stringContaining("file 644 1000:1000\n"),
    });
  });

  it("does not guess where state.json is a directory", async () => {
    const root = temporaryDirectory();
    mkdirSync(path.join(root, "etc/kubeadm-ha/state.json"), { recursive: true });
    await expectRefused(prepare(form, root), root, { status: 3, says: /state\.json.*directory/ });
  });

  it("does nothing for a user who is not root", async () => {
    const argv = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", ...readable(form)];
    await expectRefused(argv, "/etc", { status: 1, says: /ERROR IsPrivilegedUser/, space });
    await expectRefused(argv, "/run", { status: 1, says: /ERROR IsPrivilegedUser/, space });
  });

  it.each([
    ["closed", ">&-"],
    ["a pipe that nobody reads", "| :"],
  ])("does its work where stdout is %s", async (_, redirection) => {
    const root = temporaryDirectory();
    await shell(`${words(prepare(form, root))} ${redirection}`);
    await expectUsual(form, outcome(root));
  });

  it("waits for the reader of a full pipe", async () => {
    const root = temporaryDirectory();
    const command = words(prepare(form, root));
    const { stdout } = await shell(`{ head -c 65536 /dev/zero; ${command}; } | { sleep 1; tail -c +65537; }`);
    expect(stdout).toContain("kubeadm init --config");
    await expectUsual(form, outcome(root));
  });

  it("says that nobody could read its words, after its work", async () => {
    const root = temporaryDirectory();
    const { status, stderr } = await shell(`${words(prepare(form, root))} >/dev/full`);
    const told = stderr.split("\n").filter((line) => !line.startsWith("\t[WARNING "));
    expect({ status, told }).toEqual({ status: 3, told: [expect.stringMatching(/^error: cannot write/), ""] });
    await expectUsual(form, outcome(root));
  });
});

async function mounted(name: string, options: string): Promise<string> {
  const root = `/run/${name}-${(roots += 1)}`;
  await mustRun(space, ["mkdir", root]);
  await mountAt(root, options);
  return root;
}

let roots = 0;

async function mountAt(place: string, options: string): Promise<void> {
  await mustRun(space, ["mount", "-t", "tmpfs", "-o", `mode=755,${options}`, "none", place]);
}

/** The files of an ordinary run are there, but for what the state says of directories that were there already. */
async function expectUsual(form: Form, tree: Tree): Promise<void> {
  const usual = await prepared(form, temporaryDirectory());
  const isOther = (place: string): boolean => [statePath, "/etc/hostname", "/etc/kubernetes/manifests"].includes(place);
  expect(without(tree, isOther)).toEqual(without(usual, isOther));
}

const cannotWrite = /cannot write below/;
const tmpfiles = "/etc/tmpfiles.d/kubeadm-ha.conf";

/** The command for a user who may not look into a checkout of root's. */
function readable(form: Form): readonly string[] {
  chmodSync(scripts, 0o755);
  cpSync(path.dirname(builtProgram), path.join(scripts, "dist"), { recursive: true });
  cpSync(node.file, path.join(scripts, "ha.yaml"));
  const places: Readonly<Record<string, string>> = {
    [builtProgram]: path.join(scripts, "dist", path.basename(builtProgram)),
    [node.file]: path.join(scripts, "ha.yaml"),
  };
  return [...form.command(node).map((word) => places[word] ?? word), "--init"];
}

function words(argv: readonly string[]): string {
  return argv.map((word) => `'${word}'`).join(" ");
}

function shell(text: string): Promise<Result> {
  return runCommand(["sh", "-c", text]);
}
