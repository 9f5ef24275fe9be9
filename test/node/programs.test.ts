import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { shells } from "../checks/scripts.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { distinct, twoAtATime } from "../system/support/each.ts";
import { treeOf } from "../system/support/tree.ts";
import { example, examples, scriptOf } from "./support/clusters.ts";
import { packagePrograms, programDirectory, withoutOtherPrograms } from "./support/programs.ts";
import { runPrepare, runScript, shellNames } from "./support/trial.ts";

// The script needs a POSIX shell and three packages that every Debian has.

test.each(shellNames)("coreutils, util-linux and iproute2 are enough for %s", async (shell) => {
  const path = programDirectory(packagePrograms());
  const cluster = example("keepalived-haproxy");
  const script = await scriptOf(cluster, "cp1");
  const [root, other] = ["root", "other"].map((name) => join(temporaryDirectory(), name));
  if (root === undefined || other === undefined) throw new Error("two directories");
  for (const directory of [root, other]) mkdirSync(directory);
  const { code, out, err } = await runScript(shell, withoutOtherPrograms(script.text), {
    argv: ["--init", "--rootfs", root],
    path,
  });
  expect({ code, missing: /.*not found.*/.exec(err)?.[0] }).toEqual({ code: 0, missing: undefined });
  const prepared = await runPrepare(cluster, [...cluster.flags, "--node-name", "cp1", "--init", "--rootfs", other]);
  expect({ out, tree: treeOf(root) }).toEqual({ out: prepared.out, tree: treeOf(other) });
});

const scripts = examples.flatMap((cluster) =>
  [...(cluster.files["ha.yaml"] ?? "").matchAll(/^- \{name: ([\w-]+)/gm)].map(([, node = ""]) => ({ cluster, node })),
);

test("every script is shell to every shell", async () => {
  expect(scripts.length).toBeGreaterThan(3 * examples.length);
  for (const { cluster, node } of scripts) {
    const { text } = await scriptOf(cluster, node);
    for (const [shell, ...words] of Object.values(shells)) {
      const { status, stderr } = spawnSync(shell, [...words, "-n"], { input: text, encoding: "utf8" });
      expect({ shell, status, stderr }, `${cluster.name}, ${node}`).toEqual({ shell, status: 0, stderr: "" });
    }
  }
}, 30_000);

test("shellcheck has nothing to say", async () => {
  const texts = await Promise.all(scripts.map(({ cluster, node }) => scriptOf(cluster, node)));
  // It takes its time, and to it names, numbers and here-documents are all the same.
  const different = distinct(texts, ({ text }) =>
    text
      .replaceAll(/<<'(END_*)'\n[\s\S]*?\n\1$/gm, "")
      .replaceAll(/\b(cp-?[1-9a-e]|w1)\b/g, "")
      .replaceAll(/[0-9a-f]*[\d:][0-9a-f:.]*/g, ""),
  );
  expect(different.length).toBeGreaterThan(examples.length);
  const files = different.map(({ text }, index) => {
    const file = join(temporaryDirectory(), `${index}.sh`);
    writeFileSync(file, text);
    return file;
  });
  const said = await twoAtATime(files, async (file) => {
    const child = spawn("shellcheck", ["--shell=sh", "--format=gcc", file]);
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
    return out;
  });
  expect(said.join("")).toBe("");
}, 60_000);
