import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { temporaryDirectory } from "../../support/temporary.ts";
import { environment } from "../lab/space.ts";
import { type CrashCommand, crashAt } from "./crash.ts";
import { type CrashPoints, forEachCrashPoint } from "./crash-points.ts";

interface Program {
  readonly argv: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** What is there after no step, after the first one, after the second ... */
  readonly trees: readonly Tree[];
}

/** The mode and text of every file, the mode of every directory. */
type Tree = Readonly<Record<string, string>>;

describe.each([
  { name: "dash", program: (): Program => shellProgram(["dash"]) },
  { name: "bash --posix", program: (): Program => shellProgram(["bash", "--posix"]) },
  { name: "busybox sh", program: (): Program => shellProgram(["busybox", "sh"], busyboxTools()) },
  { name: "node", program: (): Program => nodeProgram({}) },
  // Then libuv would write without system calls.
  { name: "node with io_uring", program: (): Program => nodeProgram({ UV_USE_IO_URING: "1" }) },
])("$name", ({ program }) => {
  it("has the same steps each time", async () => {
    const { trees, ...command } = program();
    const directory = path.join(temporaryDirectory(), "work");
    const traces = [];
    for (let run = 0; run < 3; run += 1) {
      mkdirSync(directory);
      traces.push((await crashAt({ ...command, step: 0, cwd: directory, below: [directory] })).trace);
      rmSync(directory, { recursive: true });
    }
    expect(traces[0]).toHaveLength(trees.length - 1);
    expect(traces).toEqual([traces[0], traces[0], traces[0]]);
  });

  it("leaves exactly the effect of the steps before the kill", async () => {
    const { trees, ...command } = program();
    const checked: number[] = [];
    const undisturbed = await forEachCrashPoint({
      ...inDirectories(command),
      check: (directory, { steps }) => {
        expect(treeOf(directory)).toEqual(trees[steps]);
        checked.push(steps);
      },
    });
    expect(undisturbed).toMatchObject({ status: 7, killed: false, steps: trees.length - 1 });
    expect(checked.toSorted((a, b) => a - b)).toEqual(trees.slice(1).map((_, index) => index));
  });
});

describe("the loop", () => {
  const command = { argv: ["sh", "-c", "mkdir a b c d e f"] };

  it.each([1, 2, 3])("has %i runs at the same time", async (parallel) => {
    const numbers = { now: 0, most: 0 };
    const { prepare, remove, ...rest } = inDirectories(command);
    await forEachCrashPoint({
      ...rest,
      parallel,
      prepare: () => {
        numbers.most = Math.max(numbers.most, (numbers.now += 1));
        return prepare();
      },
      check: () => {},
      remove: (directory) => {
        numbers.now -= 1;
        return remove?.(directory);
      },
    });
    expect(numbers).toEqual({ now: 0, most: parallel });
  });

  it("stops at the first failure, cleans up and says which step it was", async () => {
    const top = temporaryDirectory();
    let checks = 0;
    const loop = forEachCrashPoint({
      ...inDirectories(command, top),
      parallel: 1,
      check: (_, { steps }) => {
        checks += 1;
        if (steps === 2) throw new Error("not good");
      },
    });
    await expect(loop).rejects.toThrow(/^killed before step 3 of 6, mkdir .*\/c: not good$/);
    expect({ checks, left: readdirSync(top) }).toEqual({ checks: 3, left: [] });
  });

  it("refuses a command that does something else each time", async () => {
    const counter = path.join(temporaryDirectory(), "ran");
    const script = `[ -e ${counter} ] || mkdir a; : >${counter}`;
    const loop = forEachCrashPoint({ ...inDirectories({ argv: ["sh", "-c", script] }), check: () => {} });
    await expect(loop).rejects.toThrow("it ended after 0 steps: their number varies");
  });
});

/** Each run in a new, empty directory. */
function inDirectories(
  command: CrashCommand,
  top = temporaryDirectory(),
): Pick<CrashPoints<string>, "prepare" | "command" | "remove"> & { readonly prepare: () => string } {
  return {
    prepare: () => mkdtempSync(path.join(top, "run-")),
    command: (directory) => ({ ...command, cwd: directory, below: [directory] }),
    remove: (directory) => rmSync(directory, { recursive: true }),
  };
}

function shellProgram(shell: readonly string[], env = environment): Program {
  const script = `
    umask 022
    mkdir d
    printf one >d/a
    sync d/a
    (printf two >>d/a; mv d/a d/b)
    chmod 600 d/b
    rm d/b
    rmdir d
    exit 7`;
  const trees = [
    {},
    { d: "755" },
    { d: "755", "d/a": "644 " },
    { d: "755", "d/a": "644 one" },
    { d: "755", "d/a": "644 one" }, // synced
    { d: "755", "d/a": "644 one" }, // opened
    { d: "755", "d/a": "644 onetwo" },
    { d: "755", "d/b": "644 onetwo" },
    { d: "755", "d/b": "600 onetwo" },
    { d: "755" },
    {},
  ];
  return { argv: [...shell, "-c", script], env, trees };
}

/** Busybox does not prefer its own programs to others. */
function busyboxTools(): NodeJS.ProcessEnv {
  const directory = temporaryDirectory();
  spawnSync("busybox", ["--install", "-s", directory]);
  return { ...environment, PATH: `${directory}:${environment["PATH"]}` };
}

function nodeProgram(env: NodeJS.ProcessEnv): Program {
  const child = `const fs = require("node:fs"); fs.mkdirSync("d"); fs.writeFileSync("d/c", "2");`;
  const script = `
    const fs = require("node:fs");
    process.umask(0o022);
    fs.writeFileSync("a", "1");
    const file = fs.openSync("a", "r+");
    fs.fsyncSync(file);
    fs.renameSync("a", "b");
    require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(child)}]);
    // Another thread does it.
    fs.promises.writeFile("e", "3").then(() => {
      const worker = new (require("node:worker_threads").Worker)('require("node:fs").writeFileSync("f", "4")', { eval: true });
      worker.once("exit", () => {
        fs.unlinkSync("b");
        process.exit(7);
      });
    });`;
  const [b, d] = [{ b: "644 1" }, { b: "644 1", d: "755" }];
  const [c, e] = [
    { ...d, "d/c": "644 2" },
    { ...d, "d/c": "644 2", e: "644 3" },
  ];
  const trees = [
    {},
    { a: "644 " },
    { a: "644 1" },
    { a: "644 1" }, // opened
    { a: "644 1" }, // synced
    b,
    d,
    { ...d, "d/c": "644 " },
    c,
    { ...c, e: "644 " },
    e,
    { ...e, f: "644 " },
    { ...e, f: "644 4" },
    { d: "755", "d/c": "644 2", e: "644 3", f: "644 4" },
  ];
  return { argv: [process.execPath, "-e", script], env: { ...environment, ...env }, trees };
}

function treeOf(top: string): Tree {
  const paths = readdirSync(top, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    paths.map((name) => {
      const place = path.join(top, name);
      const status = statSync(place);
      const mode = (status.mode & 0o7777).toString(8);
      return [name, status.isDirectory() ? mode : `${mode} ${readFileSync(place, "utf8")}`];
    }),
  );
}
