import { spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import engine from "../../src/formats/script/engine.generated.json" with { type: "json" };
import { shells } from "../checks/scripts.ts";
import { distinct, twoAtATime } from "../system/support/each.ts";
import { treeOf } from "../system/support/tree.ts";
import { newDirectory } from "./support/directory.ts";
import { example, examples, scriptOf } from "./support/clusters.ts";
import { packagePrograms, programDirectory, withoutOtherPrograms } from "./support/programs.ts";
import { runPrepare, runScript, shellNames } from "./support/trial.ts";

// The script needs a POSIX shell and three packages that every Debian has.

test.each(shellNames)("coreutils, util-linux and iproute2 are enough for %s", async (shell) => {
  const path = programDirectory(packagePrograms());
  const cluster = example("keepalived-haproxy");
  const script = await scriptOf(cluster, "cp1");
  const [root, other] = ["root", "other"].map((name) => join(newDirectory(), name));
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
});

const [engineStart = ""] = Object.values(engine);

test("shellcheck has nothing to say", async () => {
  const texts = await Promise.all(scripts.map(({ cluster, node }) => scriptOf(cluster, node)));
  // The engine is the same in every script, and takes most of the time.
  const whole = ["cp1", "w1"].map((node) => scriptOf(example("keepalived-haproxy"), node));
  const generated = texts.map(({ text }) => text.slice(0, text.indexOf(engineStart)));
  // Names, numbers and here-documents are all the same to it.
  const different = distinct(generated, (text) =>
    text
      .replaceAll(/<<'(END_*)'\n[\s\S]*?\n\1$/gm, "")
      .replaceAll(/\b(cp-?[1-9a-e]|w1)\b/g, "")
      .replaceAll(/[0-9a-f]*[\d:][0-9a-f:.]*/g, ""),
  );
  expect(different.length).toBeGreaterThan(examples.length);
  const all = [...(await Promise.all(whole)).map(({ text }) => text), ...different];
  const said = await twoAtATime(all, shellcheck);
  expect(said.join("")).toBe("");
});

function shellcheck(text: string): Promise<string> {
  const child = spawn("shellcheck", ["--shell=sh", "--format=gcc", "-"]);
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (out += chunk));
  child.stdin.end(text);
  return new Promise((resolve, reject) => child.once("error", reject).once("close", () => resolve(out)));
}
