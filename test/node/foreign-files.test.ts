import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { describe, expect, test } from "vitest";

import { edited, example } from "./support/clusters.ts";
import { makeMember, put } from "./support/machine.ts";
import { shellNames, type Trial, trial } from "./support/trial.ts";

// Whatever stands in the place of a file of ours: it is refused or kept for `reset`, and never lost.

const cluster = example("keepalived-haproxy");
const haproxy = "/etc/kubernetes/manifests/haproxy.yaml";
const conf = "/etc/kubeadm-ha/haproxy/haproxy.cfg";
const statePath = "/etc/kubeadm-ha/state.json";

/** A machine on which something of somebody else stands. */
function machineWith(changes: readonly ((root: string) => void)[], ways = shellNames): Trial {
  const machine = trial(cluster, "cp1", ways);
  for (const change of changes) machine.each(change);
  return machine;
}

function problem(path: string, reason: string): string {
  return `\t[ERROR ForeignFile-${path.replaceAll("/", "-")}]: "${path}" ${reason}`;
}

async function refused(machine: Trial, problems: readonly string[], flags: readonly string[] = []): Promise<void> {
  const result = await machine.agree(["--init", ...flags]);
  expect({ code: result.code, out: result.out, errors: errorsIn(result.err) }).toEqual({
    code: 1,
    out: "",
    errors: problems.map((text) => expect.stringContaining(text)),
  });
  expect(result.err).toContain("[preflight] Some fatal errors occurred:\n\t[ERROR ");
  expect({ tree: result.tree, touched: result.touched }).toEqual({ tree: result.before, touched: [] });
}

function errorsIn(err: string): readonly string[] {
  return err.split("\n").filter((line) => line.startsWith("\t[ERROR "));
}

const written = new Date("2020-02-02T02:02:02.200Z");
/** A file of somebody else, with a mode and a time of its own. */
function foreign(path: string): (root: string) => void {
  return (root) => {
    put(path, "somebody else's\n")(root);
    chmodSync(join(root, path), 0o4640);
    utimesSync(join(root, path), written, written);
  };
}

describe.concurrent("a file of somebody else", () => {
  const paths = [conf, haproxy];
  const machine = (ways = shellNames): Trial => machineWith(paths.map(foreign), ways);

  test("is refused", async () => {
    await refused(
      machine(),
      paths.map((path) => problem(path, "is not from kubeadm-ha: move it away, or give --adopt, which keeps it")),
    );
  });

  test.each([
    ["--adopt", ["--adopt"], shellNames],
    [
      "an ignored error, whatever its case",
      [
        "--ignore-preflight-errors",
        "foreignfile--etc-kubernetes-manifests-HAPROXY.yaml,x,ForeignFile--etc-kubeadm-ha-haproxy-haproxy.cfg",
      ],
      ["busybox"],
    ],
    ["all errors ignored", ["--ignore-preflight-errors=ALL"], ["bash"]],
  ] as const)("is kept with %s", async (_, flags, ways) => {
    const subject = machine(ways);
    const result = await subject.agree(["--init", ...flags]);
    expect(result).toMatchObject({ code: 0 });
    expect(result.err.includes("\t[WARNING ForeignFile--etc-kubernetes-manifests-haproxy.yaml]: ")).toBe(
      flags[0] !== "--adopt",
    );
    expect(result.tree[statePath]).toContain(`"adopted": [\n    "${conf}",\n    "${haproxy}"\n  ],\n`);
    for (const path of paths) {
      const kept = `/etc/kubeadm-ha/adopted${path}`;
      expect(result.tree[kept]).toBe(result.before[path]);
      expect(result.tree[dirname(kept)]).toContain("directory 700 ");
      for (const root of subject.roots) expect(lstatSync(join(root, kept)).mtime).toEqual(written);
    }
    const again = await subject.swapped().agree(["--init"]);
    expect({ code: again.code, touched: again.touched }).toEqual({ code: 0, touched: [] });
  });

  test("is not kept by halves: one that is not ignored is refused with the others", async () => {
    await refused(
      machine(),
      [problem(conf, "is not from")],
      ["--ignore-preflight-errors", "ForeignFile--etc-kubernetes-manifests-haproxy.yaml"],
    );
  });

  test("with our bytes is ours", async () => {
    const subject = trial(cluster, "cp1");
    await subject.agree(["--init"]);
    subject.each((root) => rmSync(join(root, statePath)));
    const result = await subject.agree(["--init"]);
    expect(result).toMatchObject({ code: 0, out: expect.stringContaining(`unchanged "${haproxy}"`) });
    expect(result.tree[statePath]).toContain('"adopted": []');
  });
});

describe.concurrent("a file of ours", () => {
  const other = edited(cluster, {}, "--failover", "fast");

  async function prepared(ways = shellNames): Promise<Trial> {
    const machine = trial(cluster, "cp1", ways);
    await machine.agree(["--init"]);
    machine.each(makeMember);
    return machine;
  }

  test("that was changed by hand is refused, or kept", async () => {
    const machine = await prepared();
    machine.each(put(conf, "by hand\n"));
    await refused(machine.with(other), [
      problem(conf, "was changed since kubeadm-ha wrote it: put the change into ha.yaml"),
    ]);
    const adopted = await machine.with(other).agree(["--adopt"]);
    expect(adopted).toMatchObject({ code: 0 });
    expect(adopted.tree[`/etc/kubeadm-ha/adopted${conf}`]).toContain("\nby hand\n");
  });

  test("with another mode is mended, and one that is gone is written", async () => {
    const machine = await prepared(["dash"]);
    machine.each((root) => chmodSync(join(root, conf), 0o666));
    machine.each((root) => rmSync(join(root, haproxy)));
    const result = await machine.agree();
    expect(result).toMatchObject({ code: 0, out: expect.stringContaining(`For the changed ${conf} to take effect`) });
    expect(result.tree[conf]).toContain("file 644 ");
    expect(result.tree[haproxy]).toContain("file 600 ");
  });

  test.runIf(process.getuid?.() === 0)("of another owner is refused, or kept with its owner", async () => {
    const machine = await prepared();
    machine.each((root) => chownSync(join(root, conf), 1, 2));
    await refused(machine, [problem(conf, "belongs to another user")]);
    const adopted = await machine.agree(["--init", "--adopt"]);
    expect(adopted.tree[`/etc/kubeadm-ha/adopted${conf}`]).toContain("file 644 1:2\n");
    expect(adopted.tree[conf]).toContain("file 644 0:0\n");
  });

  test("that nothing needs any more stays if it was changed by hand, file or not", async () => {
    const before = edited(example("kube-vip"), {}, "--kubernetes-version", "v1.31.0");
    const after = edited(before, {}, "--kubernetes-version", "v1.32.0");
    const hosts = "/etc/kubeadm-ha/hosts";
    const link = (root: string): void => symlinkSync("nowhere", join(root, hosts));
    for (const change of [put(hosts, "by hand\n"), link]) {
      const machine = trial(before, "cp2");
      await machine.agree(["--join"]);
      machine.each((root) => rmSync(join(root, hosts)));
      machine.each(change);
      const result = await machine.with(after).agree();
      expect(result).toMatchObject({ code: 0, out: expect.stringContaining(`[save] keeping "${hosts}"\n`) });
      expect(result.tree[hosts]).toBe(result.before[hosts]);
      expect(result.tree[statePath]).toContain(`{"path": "${hosts}"`);
    }
  });

  test("that nothing needs any more and that is gone is forgotten", async () => {
    const before = edited(example("kube-vip"), {}, "--kubernetes-version", "v1.31.0");
    const machine = trial(before, "cp2");
    await machine.agree(["--join"]);
    machine.each((root) => rmSync(join(root, "/etc/kubeadm-ha/hosts")));
    const result = await machine.with(edited(before, {}, "--kubernetes-version", "v1.32.0")).agree();
    expect(result.code).toBe(0);
    expect(result.tree[statePath]).not.toContain("/etc/kubeadm-ha/hosts");
  });
});

describe.concurrent("what can never be replaced", () => {
  const inPlace =
    (change: (path: string) => void) =>
    (root: string): void => {
      mkdirSync(dirname(join(root, conf)), { recursive: true });
      change(join(root, conf));
    };
  const elsewhere = (root: string, path: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    mkdirSync(join(root, "elsewhere"));
    symlinkSync(relative(dirname(path), "/elsewhere"), join(root, path));
  };
  const directory = "is a directory, where a file of kubeadm-ha belongs: move it away";
  const link = "is a symbolic link, where a file of kubeadm-ha belongs: remove it";
  const led = "cannot be written: a directory above it is a symbolic link, which could lead elsewhere";
  const below = "cannot be written: a directory above it is none";
  test.each<readonly [string, (root: string) => void, string | undefined, string]>([
    ["a link", inPlace((path) => symlinkSync("/etc/passwd", path)), conf, link],
    ["a link to nothing", inPlace((path) => symlinkSync("nowhere", path)), conf, link],
    ["a directory", inPlace((path) => mkdirSync(path)), conf, directory],
    [
      "a pipe",
      inPlace((path) => void execFileSync("mkfifo", [path])),
      conf,
      "is neither a file nor a directory: remove it",
    ],
    ["a file above it", put("/etc/kubeadm-ha/haproxy", ""), conf, below],
    ["a link above it", (root) => elsewhere(root, "/etc/kubeadm-ha/haproxy"), conf, led],
    ["a link above all", (root) => elsewhere(root, "/etc/kubeadm-ha"), undefined, led],
    ["a link in the system's part of another root", (root) => elsewhere(root, "/etc/kubernetes"), undefined, led],
    [
      "a link to nothing above it",
      (root) => {
        elsewhere(root, "/etc/kubeadm-ha/haproxy");
        renameSync(join(root, "elsewhere"), join(root, "gone"));
      },
      conf,
      led,
    ],
    ["a file in the place of our room", put("/etc/kubeadm-ha", ""), undefined, below],
    ["a file in the place of the manifests", put("/etc/kubernetes/manifests", ""), undefined, below],
  ])("%s", async (_, change, path, reason) => {
    const machine = trial(cluster, "cp1");
    machine.each(change);
    const result = await machine.agree(["--init", "--adopt", "--ignore-preflight-errors", "all"]);
    expect(result).toMatchObject({ code: 1, out: "", err: expect.stringContaining(reason) });
    expect({ tree: result.tree, touched: result.touched }).toEqual({ tree: result.before, touched: [] });
    if (path !== undefined) expect(errorsIn(result.err)).toEqual([problem(path, reason)]);
  });

  test("is told all at once, in the order of the files", async () => {
    const machine = machineWith([
      put("/etc/kubeadm-ha/join-command.sh", "somebody else's\n"),
      (root) => symlinkSync("nowhere", join(root, "/etc/kubeadm-ha/kubeadm.yaml")),
      (root) => elsewhere(root, "/etc/tmpfiles.d"),
      (root) => mkdirSync(join(root, conf), { recursive: true }),
      put("/etc/kubernetes/manifests", ""),
      put("/etc/kubeadm-ha/keepalived/keepalived.conf", ""),
      (root) => void execFileSync("mkfifo", [join(root, "/etc/kubeadm-ha/ha.yaml")]),
    ]);
    const manifests = ["haproxy", "keepalived"].map((name) => problem(`/etc/kubernetes/manifests/${name}.yaml`, below));
    const impossible = [
      problem("/etc/kubeadm-ha/kubeadm.yaml", link),
      problem("/etc/tmpfiles.d/kubeadm-ha.conf", led),
      problem(conf, directory),
      ...manifests,
      problem("/etc/kubeadm-ha/ha.yaml", "is neither a file nor a directory"),
    ];
    const foreign = ["/etc/kubeadm-ha/join-command.sh", "/etc/kubeadm-ha/keepalived/keepalived.conf"];
    await refused(machine, [...foreign.map((path) => problem(path, "is not from kubeadm-ha")), ...impossible]);
    await refused(machine, impossible, ["--adopt"]);
  });
});
