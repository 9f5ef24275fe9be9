import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { changed, kubeVipOnly, ordinary } from "../support/configurations.ts";
import { runOn } from "../support/io.ts";
import { messageProblem } from "../support/terminal.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const twoNodes = changed("- {name: cp3, addresses: [192.168.10.13]}\n", "");
const list = ".kubeadm-ha-files";

/** Every file and directory below a directory with what it holds. */
function tree(directory: string): Readonly<Record<string, string>> {
  const entries = readdirSync(directory, { recursive: true, encoding: "utf8" }).toSorted();
  return Object.fromEntries(
    entries.map((path) => {
      const status = lstatSync(join(directory, path));
      return [
        path,
        status.isFile() ? readFileSync(join(directory, path), "utf8") : status.isSymbolicLink() ? "link" : "",
      ];
    }),
  );
}

/** A directory with an output directory in it that does not exist yet, and a victim beside it. */
function places(): { readonly parent: string; readonly out: string; readonly victim: string } {
  const parent = temporaryDirectory();
  const victim = join(parent, "victim");
  mkdirSync(victim);
  writeFileSync(join(victim, "file"), "precious");
  return { parent, out: join(parent, "out"), victim };
}

const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

describe("render -o", () => {
  test("writes the tree, says what it did on stderr and nothing on stdout", async () => {
    const { out } = places();
    const result = await runOn(ordinary, "render", "-o", out);
    expect(result).toMatchObject({ code: 0, out: "" });
    expect(result.err).toMatch(
      /\[render\] \d+ written, 0 unchanged, 0 removed below ".*"; begin with .*\/RUNBOOK\.md\n$/,
    );
    const listed = readFileSync(join(out, list), "utf8").split("\n").slice(0, -1);
    const files = Object.keys(tree(out)).filter((path) => statSync(join(out, path)).isFile());
    expect([...listed, list].toSorted()).toEqual(files.toSorted());
  });

  test("gives files and directories the modes that they have on a node, whatever the umask", async () => {
    const { out } = places();
    const before = process.umask(0o077);
    try {
      await runOn(ordinary, "render", "-o", out);
    } finally {
      process.umask(before);
    }
    expect(modeOf(join(out, "cp1/etc/kubeadm-ha"))).toBe("755");
    expect(modeOf(join(out, "cp1/etc/kubeadm-ha/kubeadm.yaml"))).toBe("600");
    expect(modeOf(join(out, "cp1/etc/kubernetes/manifests/keepalived.yaml"))).toBe("600");
    expect(modeOf(join(out, "cp1/etc/kubernetes/manifests"))).toBe("700");
    expect(modeOf(join(out, "cp1/etc/kubeadm-ha/keepalived/check-load-balancer.sh"))).toBe("755");
    expect(modeOf(join(out, "cp1/etc/kubeadm-ha/haproxy/haproxy.cfg"))).toBe("644");
  });

  test("a second time writes nothing and keeps every file's time", async () => {
    const { out } = places();
    await runOn(ordinary, "render", "-o", out);
    const times = (): readonly number[] => Object.keys(tree(out)).map((path) => statSync(join(out, path)).mtimeMs);
    const before = times();
    await new Promise((resolve) => void setTimeout(resolve, 20));
    const { err } = await runOn(ordinary, "render", "-o", out);
    expect(err).toMatch(/\[render\] 0 written, \d+ unchanged, 0 removed /);
    expect(times()).toEqual(before);
  });

  test("removes the files of a node that is gone, and nobody else's", async () => {
    const { out } = places();
    await runOn(ordinary, "render", "-o", out);
    writeFileSync(join(out, "mine.txt"), "mine");
    mkdirSync(join(out, "cp3/mine"));
    const { err } = await runOn(twoNodes, "render", "-o", out);
    expect(err).toMatch(/, [1-9]\d* removed /);
    expect(readFileSync(join(out, "mine.txt"), "utf8")).toBe("mine");
    expect(readdirSync(join(out, "cp3"))).toEqual(["mine"]);
    expect(existsSync(join(out, "cp2/etc"))).toBe(true);
  });

  test("mends a file that somebody changed, its mode too", async () => {
    const { out } = places();
    await runOn(ordinary, "render", "-o", out);
    const fresh = tree(out);
    writeFileSync(join(out, "RUNBOOK.md"), "changed");
    chmodSync(join(out, "cp1/etc/kubeadm-ha/kubeadm.yaml"), 0o644);
    expect((await runOn(ordinary, "render", "-o", out)).err).toContain("[render] 2 written, ");
    expect(tree(out)).toEqual(fresh);
    expect(modeOf(join(out, "cp1/etc/kubeadm-ha/kubeadm.yaml"))).toBe("600");
  });

  test("--node keeps the other nodes' files", async () => {
    const { out } = places();
    await runOn(ordinary, "render", "-o", out);
    const before = tree(out);
    await runOn(ordinary, "render", "--interface", "eth7", "--node", "cp2", "-o", out);
    const after = tree(out);
    expect(after["cp1/etc/kubeadm-ha/keepalived/keepalived.conf"]).toBe(
      before["cp1/etc/kubeadm-ha/keepalived/keepalived.conf"],
    );
    expect(after["cp2/etc/kubeadm-ha/keepalived/keepalived.conf"]).toContain("interface eth7");
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });

  test.each([
    ["--role", ["--format", "cloud-init"], ["init", "join"], ["init.yaml", "join.yaml"]],
    [
      "--kind",
      ["--format", "capi-v1beta2"],
      ["KubeadmControlPlane", "KubeadmConfigTemplate"],
      ["kubeadm-config-template.yaml", "kubeadm-control-plane.yaml"],
    ],
  ])("what another %s made stays, what is stale does not", async (flag, format, values, expected) => {
    const { out } = places();
    const render = (...argv: readonly string[]) => runOn(kubeVipOnly, "render", "-o", out, ...argv);
    expect(await render("--format", "script")).toMatchObject({ code: 0 });
    for (const value of values) expect(await render(...format, flag, value)).toMatchObject({ code: 0 });
    expect(Object.keys(tree(out))).toEqual([list, ...expected]);
  });

  test("a directory with somebody else's files is refused and stays as it is", async () => {
    const { out } = places();
    mkdirSync(out);
    writeFileSync(join(out, "precious"), "precious");
    const { code, out: printed, err } = await runOn(ordinary, "render", "-o", out);
    expect({ code, printed }).toEqual({ code: 2, printed: "" });
    expect(err).toMatch(/^(\[render\].*\n)?error: .* is not empty and has no \.kubeadm-ha-files: /);
    expect(tree(out)).toEqual({ precious: "precious" });
  });

  test("an empty directory is taken", async () => {
    const { out } = places();
    mkdirSync(out);
    expect(await runOn(ordinary, "render", "-o", out)).toMatchObject({ code: 0 });
  });

  test.each([
    ["a file", (out: string) => writeFileSync(out, "file")],
    ["below a file", (out: string) => writeFileSync(join(out, ".."), "file")],
  ])("%s for a directory is a matter of the surroundings", async (name, make) => {
    const { parent } = places();
    const file = join(parent, "file");
    make(name === "a file" ? file : join(file, "x"));
    const { code, out, err } = await runOn(ordinary, "render", "-o", name === "a file" ? file : join(file, "out"));
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(messageProblem(err)).toBe("");
  });

  test("no directory name at all is refused", async () => {
    const { code, out } = await runOn(ordinary, "render", "-o", "");
    expect([2, 3]).toContain(code);
    expect(out).toBe("");
  });

  test("the message does not obey the directory's name", async () => {
    const { parent } = places();
    const { err } = await runOn(ordinary, "render", "-o", join(parent, "\u001b[31m\u202ered"));
    expect(messageProblem(err)).toBe("");
  });
});

describe("nothing leads out of the output directory", () => {
  test.each(["cp1", "cp1/etc", "cp1/etc/kubeadm-ha", "cp1/etc/kubernetes/manifests"])(
    "a symbolic link at %s is not followed",
    async (link) => {
      const { out, victim } = places();
      await runOn(ordinary, "render", "-o", out);
      renameSync(join(out, link), `${out}-moved`);
      symlinkSync(victim, join(out, link));
      const { code, err } = await runOn(ordinary, "render", "--interface", "eth7", "-o", out);
      expect(code).toBe(3);
      expect(err).toContain("is a symbolic link");
      expect(tree(victim)).toEqual({ file: "precious" });
    },
  );

  test("a symbolic link in the place of a file is replaced, not written through", async () => {
    const { out, victim } = places();
    await runOn(ordinary, "render", "-o", out);
    const target = join(out, "RUNBOOK.md");
    renameSync(target, `${out}-moved`);
    symlinkSync(join(victim, "file"), target);
    expect(await runOn(ordinary, "render", "-o", out)).toMatchObject({ code: 0 });
    expect(lstatSync(target).isSymbolicLink()).toBe(false);
    expect(tree(victim)).toEqual({ file: "precious" });
  });

  test("a symbolic link planted where a new file is prepared is not written through", async () => {
    const { out, victim } = places();
    await runOn(ordinary, "render", "-o", out);
    symlinkSync(join(victim, "file"), join(out, "cp1/etc/kubeadm-ha/.kubeadm.yaml.new"));
    expect(await runOn(ordinary, "render", "--kubernetes-version", "v1.37.0", "-o", out)).toMatchObject({ code: 0 });
    expect(lstatSync(join(out, "cp1/etc/kubeadm-ha/kubeadm.yaml")).isFile()).toBe(true);
    expect(tree(victim)).toEqual({ file: "precious" });
  });

  test("stale files behind a symbolic link are left alone", async () => {
    const { out, victim } = places();
    await runOn(ordinary, "render", "-o", out);
    const before = tree(join(out, "cp3"));
    renameSync(join(out, "cp3"), join(victim, "cp3"));
    symlinkSync(join(victim, "cp3"), join(out, "cp3"));
    await runOn(twoNodes, "render", "-o", out);
    expect(tree(join(victim, "cp3"))).toEqual(before);
  });

  test.each([
    "../victim/file",
    "/etc/hostname",
    "cp1/../../victim/file",
    "./../victim/file",
    "cp1//../..//victim/file",
  ])("a list of files that says %s removes nothing there", async (entry) => {
    const { parent, out, victim } = places();
    await runOn(ordinary, "render", "-o", out);
    writeFileSync(join(out, list), `${readFileSync(join(out, list), "utf8")}${entry}\n`);
    await runOn(ordinary, "render", "-o", out);
    expect(tree(victim)).toEqual({ file: "precious" });
    expect(readdirSync(parent).toSorted()).toEqual(["out", "victim"]);
    expect(existsSync("/etc/hostname")).toBe(true);
  });

  test.each(["cp1", ".", "cp1/etc/", list])("a list of files that says %s does no harm", async (entry) => {
    const { out } = places();
    await runOn(ordinary, "render", "-o", out);
    const before = tree(out);
    writeFileSync(join(out, list), `${before[list] ?? ""}${entry}\n`);
    const { err } = await runOn(ordinary, "render", "-o", out);
    expect(messageProblem(err)).toBe("");
    expect({ ...tree(out), [list]: "" }).toEqual({ ...before, [list]: "" });
  });
});

describe("diff", () => {
  test("ends with 0 and nothing on stdout right after render", async () => {
    const { out } = places();
    await runOn(ordinary, "render", "-o", out);
    expect(await runOn(ordinary, "diff", out)).toMatchObject({ code: 0, out: "" });
  });

  test("shows what render would change, ends with 1 and changes nothing", async () => {
    const { out } = places();
    await runOn(ordinary, "render", "-o", out);
    const before = tree(out);
    const { code, out: shown } = await runOn(twoNodes, "diff", out);
    expect(code).toBe(1);
    expect(shown).toContain("-        192.168.10.13\n");
    expect(shown).toContain("+++ /dev/null");
    expect(tree(out)).toEqual(before);
  });

  test("a directory that is missing is a matter of the surroundings", async () => {
    expect(await runOn(ordinary, "diff", join(places().parent, "none"))).toMatchObject({ code: 3, out: "" });
  });
});
