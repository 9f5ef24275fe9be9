import { spawnSync } from "node:child_process";

import { describe, expect, test } from "vitest";

import { parseArguments } from "../../src/commands/arguments.ts";
import { commands } from "../../src/commands/index.ts";
import manifest from "../../package.json" with { type: "json" };
import { linesOf, runWith } from "../support/io.ts";
import { messageProblem } from "../support/terminal.ts";

const names = commands.map((command) => command.name);

describe("help", () => {
  test.each([["--help"], ["-h"], ["help"], []])("kubeadm-ha %s lists every command on stdout", async (...argv) => {
    const { code, out, err } = await runWith({}, ...argv);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const name of names) expect(out).toMatch(new RegExp(`^  ${name} {2,}\\S`, "m"));
  });

  test.each(names)("%s --help shows every flag, on stdout, in 80 columns but for the examples", async (name) => {
    const { code, out, err } = await runWith({}, name, "--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [text = ""] = out.split("\nExamples:\n");
    expect(linesOf(`${text}\n`).filter((line) => line.length > 80)).toEqual([]);
    for (const option of commands.find((command) => command.name === name)?.options ?? [])
      expect(text).toContain(`--${option}`);
    expect(messageProblem(out)).toBe("");
  });

  test("help wins over everything else on the line, and reads nothing", async () => {
    expect(await runWith({}, "render", "--zzz", "--help")).toMatchObject({ code: 0, err: "" });
    expect((await runWith({}, "render", "--", "--help")).out).not.toContain("Usage:");
  });

  test.each(names)("kubeadm-ha help %s prints the help of that command", async (name) => {
    expect((await runWith({}, "help", name)).out).toBe((await runWith({}, name, "--help")).out);
  });

  test("the version is package.json's", async () => {
    for (const word of ["version", "--version", "-V"])
      expect(await runWith({}, word)).toEqual({ code: 0, out: `kubeadm-ha ${manifest.version}\n`, err: "" });
  });
});

describe("the examples of every command", () => {
  const examples = commands.flatMap((command) => command.examples.map((example) => [example, command] as const));

  test.each(examples)("%s", (example, command) => {
    const line = example
      .replace(/^source <\((.*)\)$/, "$1")
      .replace(/ [<>] \S+$/, "")
      .replace(/ \| .*$/, "");
    const [program, name, ...words] = line.split(" ");
    expect([program, name]).toEqual(["kubeadm-ha", command.name]);
    expect(() => parseArguments(command, words)).not.toThrow();
    if (!line.includes("…")) expect(spawnSync("bash", ["-n", "-c", example]).status).toBe(0);
  });
});

describe("completion", () => {
  test.each(["bash", "zsh", "fish"])("the script for %s names every command and flag", async (shell) => {
    const { code, out } = await runWith({}, "completion", shell);
    expect(code).toBe(0);
    for (const command of commands) {
      expect(out).toContain(command.name);
      for (const option of command.options) expect(out).toContain(option);
    }
    const available = spawnSync(shell, ["-c", "true"]).status === 0;
    if (available) expect(spawnSync(shell, ["-n"], { input: out })).toMatchObject({ status: 0 });
  });

  test("bash offers commands first, then the flags of the command", async () => {
    const { out } = await runWith({}, "completion", "bash");
    const complete = (...words: readonly string[]): string => {
      const list = words.map((word) => `'${word}'`).join(" ");
      const script = `${out}\nCOMP_WORDS=(kubeadm-ha ${list}); COMP_CWORD=${words.length}; _kubeadm_ha; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return spawnSync("bash", ["-c", script], { cwd: "/proc/self/fdinfo", encoding: "utf8" }).stdout;
    };
    expect(complete("re").trim().split("\n")).toEqual(["render", "reset", "rehearse"]);
    expect(complete("render", "--kub").trim().split("\n")).toEqual([
      "--kubeadm-config",
      "--kubernetes-version",
      "--kubeconfig-path",
    ]);
  });
});
