import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { shells } from "../checks/scripts.ts";
import { newDirectory } from "./support/directory.ts";
import { edited, example, scriptOf } from "./support/clusters.ts";
import { put } from "./support/machine.ts";
import { runPrepare, runScript, shellNames, trial } from "./support/trial.ts";

// Wrong command lines end before anything is looked at.

const cluster = example("keepalived-haproxy");

describe.concurrent("both say the same", () => {
  const joinFile = "--join-command-file";
  const ignore = "--ignore-preflight-errors";
  test.each<readonly [string, readonly string[], string]>([
    ["cp1", ["--init", "--join"], "--init and --join exclude each other"],
    ["cp1", ["--join", "--init"], "--init and --join exclude each other"],
    ["cp1", ["--init", joinFile, "join"], "--init and --join-command-file exclude each other"],
    ["cp1", [`${joinFile}=join`, "--init"], "--init and --join-command-file exclude each other"],
    ["w1", ["--init"], "w1 is a worker: it joins, and cannot found a cluster"],
    ["cp1", [`${joinFile}=`], "--join-command-file needs a value"],
    ["cp1", [ignore, ""], "--ignore-preflight-errors needs a value"],
    ["cp1", ["--rootfs="], "--rootfs needs a value"],
    [
      "cp1",
      [ignore, "all,Port-8443"],
      `--ignore-preflight-errors "all,Port-8443": don't specify individual checks if 'all' is used`,
    ],
    [
      "cp1",
      [`${ignore}=x, ALL`],
      `--ignore-preflight-errors "x, ALL": don't specify individual checks if 'all' is used`,
    ],
    ["cp1", ["--init=yes"], "--init takes no value"],
  ])("%s %j", async (node, flags, message) => {
    const result = await trial(cluster, node, shellNames).agree(flags);
    expect(result).toMatchObject({ code: 2, out: "", err: `error: ${message}\n`, tree: {} });
  });

  test.each([
    ["all,", 0],
    [" all , ALL ", 0],
    ["x, foreignfile--etc-kubernetes-manifests-haproxy.yaml ,", 0],
    [",", 1],
  ])("a list of ignored checks like %j is read", async (list, code) => {
    const machine = trial(cluster, "cp1", shellNames);
    machine.each(put("/etc/kubernetes/manifests/haproxy.yaml", "kind: Pod\n"));
    expect(await machine.agree(["--init", "--dry-run", "--ignore-preflight-errors", list])).toMatchObject({ code });
  });
});

describe.each([
  ["an unknown flag", ["--frobnicate"]],
  ["an unknown short flag", ["-x"]],
  ["a word", ["cp1"]],
  ["a flag without its value", ["--join-command-file"]],
  ["a root without its value", ["--rootfs"]],
  ["checks without their names", ["--init", "--ignore-preflight-errors"]],
  ["all with others", ["--ignore-preflight-errors=x,all"]],
])("%s", (_, flags) => {
  test("ends with code 2 and one line", async () => {
    const refused = { code: 2, out: "", err: expect.stringMatching(/^error: .*\n$/) };
    const { text } = await scriptOf(cluster, "cp1");
    for (const shell of shellNames) expect(await runScript(shell, text, { argv: flags }), shell).toEqual(refused);
    expect(await runPrepare(cluster, [...cluster.flags, "--node-name", "cp1", ...flags])).toEqual({
      ...refused,
      err: expect.stringMatching(/error: .*\n$/),
    });
  });
});

test("help is an answer", async () => {
  const { text } = await scriptOf(cluster, "cp1");
  for (const shell of shellNames)
    expect(await runScript(shell, text, { argv: ["--help"] })).toEqual({
      code: 0,
      out: expect.stringContaining("--join-command-file FILE"),
      err: "",
    });
});

describe.concurrent("surroundings that do not let us end with code 3", () => {
  test.each<readonly [string, (root: string) => void, readonly string[]]>([
    ["a join file that is missing", () => {}, ["--join-command-file", "ROOT/missing"]],
    ["a join file that is a directory", put("/join/x", ""), ["--join-command-file", "ROOT/join"]],
    [
      "a lock that is a link",
      (root) => {
        put("/run/kubeadm-ha/x", "")(root);
        symlinkSync("x", join(root, "run/kubeadm-ha/lock"));
      },
      [],
    ],
    [
      "a lock that is a directory",
      (root) => void mkdirSync(join(root, "run/kubeadm-ha/lock"), { recursive: true }),
      [],
    ],
    [
      "a lock below a link",
      (root) => {
        put("/run/x/y", "")(root);
        symlinkSync("x", join(root, "run/kubeadm-ha"));
      },
      [],
    ],
    ["a lock below a file", put("/run/kubeadm-ha", ""), []],
    ["no directory to go to", put("/run", ""), []],
  ])("%s", async (_, change, flags) => {
    const machine = trial(cluster, "cp2", shellNames);
    machine.each(change);
    const results = await machine.differ(flags);
    for (const { code, out, err, tree, before } of results) {
      expect({ code, out, tree }).toEqual({ code: 3, out: "", tree: before });
      expect(err).toMatch(/^error: .*\n$/);
      // What the system says of it is each program's own.
      const said = (text = ""): readonly string[] => text.trim().split(": ").slice(0, 2);
      expect(said(err)).toEqual(said(results[0]?.err));
    }
  });

  test("a root that is missing", async () => {
    const { text } = await scriptOf(cluster, "cp1");
    const root = join(newDirectory(), "missing");
    const prepared = await runPrepare(cluster, [...cluster.flags, "--node-name", "cp1", "--init", "--rootfs", root]);
    expect(prepared.code).toBe(3);
    for (const shell of Object.keys(shells) as readonly (keyof typeof shells)[])
      expect(await runScript(shell, text, { argv: ["--init", "--rootfs", root] })).toMatchObject({ code: 3, out: "" });
  });
});

test("a trailing slash of the root changes nothing", async () => {
  const machine = trial(edited(cluster, {}), "cp1", shellNames);
  await machine.agree(["--init"]);
  const again = await machine.agree(["--init", "--rootfs", "ROOT//"], { otherRoot: true });
  expect(again.touched).toEqual([]);
});
