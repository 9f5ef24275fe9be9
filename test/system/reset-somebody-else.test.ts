import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { temporaryDirectory } from "../support/temporary.ts";
import { collect } from "./lab/process.ts";
import { environment, type Result } from "./lab/space.ts";
import { eventually } from "./lab/wait.ts";
import { put } from "./support/debian-root.ts";
import { type ExampleNode, exampleNodes } from "./support/example-nodes.ts";
import { type Form, mustRunCommand, program, runCommand, script } from "./support/preparing.ts";
import { requireSystem } from "./support/programs.ts";
import { differences, reset } from "./support/reset.ts";
import { treeOf } from "./support/tree.ts";

// What reset does to what is not quite ours, and when it does nothing.

const node = exampleNodes().find(({ name }) => name.startsWith("keepalived-haproxy ")) as ExampleNode;
const manifest = "/etc/kubernetes/manifests/keepalived.yaml";
const haproxy = "/etc/kubeadm-ha/haproxy/haproxy.cfg";
const saved = "/etc/kubeadm-ha/ha.yaml";
const kubeadm = "/etc/kubeadm-ha/kubeadm.yaml";
const forms = [
  ["kubeadm-ha prepare", () => program] as const,
  ["the node script", () => script(["dash"], temporaryDirectory())] as const,
];

beforeAll(requireSystem);

/** A root, prepared as this node; `before` works on it first. */
async function prepared(
  form: Form = program,
  options: readonly string[] = [],
  before: (root: string) => void = () => {},
): Promise<string> {
  const root = temporaryDirectory();
  mkdirSync(path.join(root, "run"));
  before(root);
  await prepare(root, form, options);
  return root;
}

async function prepare(root: string, form: Form = program, options: readonly string[] = []): Promise<void> {
  await mustRunCommand([...form.command(node), "--rootfs", root, "--init", ...options], { env: form.env });
}

describe.each(forms)("after %s", (_, form) => {
  it("adopted files are back with mode, owner and time", async () => {
    const adopted = [manifest, haproxy, saved, "/etc/tmpfiles.d/kubeadm-ha.conf"];
    let before = {};
    const root = await prepared(form(), ["--adopt"], (place) => {
      for (const [index, file] of adopted.entries()) {
        put(path.join(place, file), `of somebody else: ${file}\n`, [0o640, 0o604, 0o4711, 0o400][index]);
        chownSync(path.join(place, file), 1000 + index, 50);
      }
      chmodSync(path.join(place, adopted[2] ?? ""), 0o4711);
      before = exact(place);
    });
    expect(readFileSync(path.join(root, manifest), "utf8")).not.toContain("somebody");
    const listed = await mustRunCommand(reset(root, "--dry-run"));
    const { stdout } = await mustRunCommand(reset(root, "--force"));
    expect(differences(before, exact(root))).toEqual({});
    for (const file of adopted) {
      expect(listed.stdout).toContain(`[reset] Would restore "${file}"\n`);
      expect(stdout).toContain(`[reset] Restoring "${file}"\n`);
      expect(stdout).not.toContain(`Removing "${file}"`);
    }
  });

  it("an adopted file is back although kubeadm reset and somebody else removed its directory", async () => {
    const root = await prepared(form(), ["--adopt"], (place) =>
      put(path.join(place, manifest), "of somebody else\n", 0o640),
    );
    rmSync(path.join(root, "etc/kubernetes"), { recursive: true });
    await mustRunCommand(reset(root, "--force"));
    expect(readFileSync(path.join(root, manifest), "utf8")).toBe("of somebody else\n");
    expect(treeOf(root)["/etc/kubeadm-ha"]).toBeUndefined();
  });

  it("changed files are moved aside and named, into another directory each time", async () => {
    const root = await prepared(form());
    for (const number of [1, 2]) {
      const backup = `/var/backups/kubeadm-ha-${number}`;
      put(path.join(root, manifest), `${number}: changed by hand\n`, 0o640);
      chownSync(path.join(root, manifest), 1000, 1000);
      rmSync(path.join(root, haproxy));
      symlinkSync("/etc/haproxy/haproxy.cfg", path.join(root, haproxy));
      rmSync(path.join(root, saved));
      put(path.join(root, saved, "deep/file"), "in a directory\n");
      const changed = [haproxy, manifest, saved];
      const was = treeOf(root, { times: true });
      const listed = await mustRunCommand(reset(root, "--dry-run"));
      expect(differences(was, treeOf(root, { times: true }))).toEqual({});
      const { stdout } = await mustRunCommand(reset(root, "--force"));
      const now = treeOf(root, { times: true });
      for (const file of [...changed, `${saved}/deep/file`])
        expect([now[file], now[backup + file]]).toEqual([undefined, was[file]]);
      for (const file of changed) {
        expect(listed.stdout).toContain(`[reset] Would move to /var/backups "${file}"\n`);
        expect(stdout).toContain(
          `[reset] Moving "${file}" to "${backup}${file}": it was changed since kubeadm-ha wrote it\n`,
        );
      }
      expect(now[backup]).toBe("directory 700 0:0");
      expect(Object.keys(now).filter((place) => !place.startsWith("/var"))).toEqual(["/run"]);
      if (number === 1) await prepare(root, form());
    }
    expect(statSync(path.join(root, "var/backups/kubeadm-ha-1")).isDirectory()).toBe(true);
  });

  it("changed files are moved aside to another file system, too", async () => {
    const root = await prepared(form());
    put(path.join(root, manifest), "changed by hand\n", 0o640);
    chownSync(path.join(root, manifest), 1000, 1000);
    rmSync(path.join(root, haproxy));
    symlinkSync("/nowhere", path.join(root, haproxy));
    rmSync(path.join(root, saved));
    put(path.join(root, saved, "deep/file"), "in a directory\n", 0o604);
    const was = exact(root);
    mkdirSync(path.join(root, "var"));
    const [mounted, kept] = [path.join(root, "var"), temporaryDirectory()];
    const line = 'mount -t tmpfs -o mode=755 var "$0"; kept=$1; shift; "$@"; cp -a "$0/." "$kept"';
    await mustRunCommand(["unshare", "--mount", "sh", "-ec", line, mounted, kept, ...reset(root, "--force")]);
    const now = exact(kept);
    for (const file of [haproxy, manifest, saved, `${saved}/deep/file`])
      expect(now[`/backups/kubeadm-ha-1${file}`]).toBe(was[file]);
    expect(Object.keys(treeOf(root))).toEqual(["/run", "/var"]);
  });

  it("a changed file that had taken the place of another is moved aside, and the other is back", async () => {
    const root = await prepared(form(), ["--adopt"], (place) =>
      put(path.join(place, kubeadm), "of somebody else\n", 0o600),
    );
    put(path.join(root, kubeadm), "changed by hand\n");
    await mustRunCommand(reset(root, "--force"));
    expect(readFileSync(path.join(root, kubeadm), "utf8")).toBe("of somebody else\n");
    expect(readFileSync(path.join(root, "var/backups/kubeadm-ha-1", kubeadm), "utf8")).toBe("changed by hand\n");
  });
});

describe("without --force", () => {
  it.each(["y\n", "yes\n", "Y\n", "YES\n", " yes \n", "y"])("%j goes on", async (answer) => {
    const root = await prepared();
    const { status, stdout, stderr } = await answered(root, answer);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/\? \[y\/N\]: $/) });
    expect(stdout).toContain("[reset] Removing");
    expect(Object.keys(treeOf(root))).toEqual(["/run"]);
  });

  it.each(["", "\n", "n\n", "no\n", "yess\n", "ja\n", "ny\n", "\ny\n", "n\ny\n"])(
    "%j ends it, and nothing is changed",
    async (answer) => {
      const root = await prepared();
      const before = treeOf(root, { times: true });
      const { status, stdout, stderr } = await answered(root, answer);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toMatch(
        /\? \[y\/N\]: .*\nerror: reset was not confirmed; nothing was changed\n$|\? \[y\/N\]: error: reset was not confirmed; nothing was changed\n$/,
      );
      expect(differences(before, treeOf(root, { times: true }))).toEqual({});
    },
  );

  it("a line is enough: a terminal does not end", async () => {
    const root = await prepared();
    const { status } = await answered(root, "y\n", { end: false });
    expect(status).toBe(0);
    expect(Object.keys(treeOf(root))).toEqual(["/run"]);
  });

  it("nobody is asked where there is nothing to remove", async () => {
    const root = temporaryDirectory();
    const { status, stderr } = await answered(root, "");
    expect({ status, stderr, tree: treeOf(root) }).toEqual({ status: 0, stderr: "", tree: {} });
  });
});

it("waits for nobody: a held lock is a failure of the surroundings", async () => {
  const root = await prepared();
  const holder = spawn("flock", [path.join(root, "run/kubeadm-ha/lock"), "cat"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  holder.stdin.write("held");
  await once(holder.stdout, "data");
  const before = treeOf(root, { times: true });
  const { status, stdout, stderr } = await runCommand(reset(root, "--force"));
  expect({ status, stdout, stderr }).toEqual({
    status: 3,
    stdout: "",
    stderr: 'error: another kubeadm-ha is at work here ("/run/kubeadm-ha/lock")\n',
  });
  expect((await runCommand(reset(root, "--dry-run"))).status).toBe(0);
  expect(differences(before, treeOf(root, { times: true }))).toEqual({});
  holder.stdin.end();
  await once(holder, "close");
  await mustRunCommand(reset(root, "--force"));
  expect(Object.keys(treeOf(root))).toEqual(["/run"]);
});

/** Every file with its time to the nanosecond. */
function exact(root: string): Readonly<Record<string, string>> {
  const tree = treeOf(root);
  const time = (place: string): string => String(statSync(path.join(root, place), { bigint: true }).mtimeNs);
  return Object.fromEntries(
    Object.entries(tree).map(([place, entry]) => [place, entry.startsWith("file") ? `${time(place)} ${entry}` : entry]),
  );
}

/** Runs reset and types an answer; without `end` standard input stays open as a terminal does. */
async function answered(root: string, answer: string, { end = true } = {}): Promise<Result> {
  const [command = "", ...argv] = reset(root);
  const child = spawn(command, argv, { env: environment, stdio: ["pipe", "pipe", "pipe"] });
  const printed = collect(child);
  child.stdin.on("error", () => {});
  if (end) child.stdin.end(answer);
  else child.stdin.write(answer);
  try {
    const status = await eventually("reset ends", 20, () => child.exitCode ?? undefined);
    return { status, stdout: printed.stdout(), stderr: printed.stderr() };
  } finally {
    child.stdin.end();
    if (child.exitCode === null) child.kill("SIGKILL");
  }
}
