import { spawn } from "node:child_process";
import { lstatSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, vi } from "vitest";

import { processIo } from "../../../src/host/process-io.ts";
import type { Io } from "../../../src/host/io.ts";
import { run } from "../../../src/program.ts";
import { shells } from "../../checks/scripts.ts";
import { type Tree, treeOf } from "../../system/support/tree.ts";
import { newDirectory } from "./directory.ts";
import { type Cluster, examples, scriptOf } from "./clusters.ts";
import { installed } from "./programs.ts";

// A shell starts hundreds of programs, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

export type ShellName = keyof typeof shells;
export const shellNames = Object.keys(shells) as readonly ShellName[];

/** How a run ended; the root is called ROOT. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  /** Without what is said of the configuration. */
  readonly err: string;
}

export interface RunOptions {
  readonly stdin?: string;
  /** Of the script only; PATH is this process's without a value. */
  readonly path?: string;
  /** Whether the shell reads the script itself from standard input. */
  readonly piped?: boolean;
  readonly umask?: number;
  /** Whether the flags say where the root is. */
  readonly otherRoot?: boolean;
}

/** One machine several times over: `prepare` works on one copy and the script, in one shell or more, on the others. */
export interface Trial {
  /** The directories that stand for the machine's root. */
  readonly roots: readonly string[];
  /** Does something to every copy of the machine. */
  each(change: (root: string) => void): void;
  /** Runs both, each to its own end. */
  differ(flags?: readonly string[], options?: RunOptions): Promise<readonly Result[]>;
  /** Runs both; what they print, how they end and what they leave is the same, and is the result. */
  agree(flags?: readonly string[], options?: RunOptions): Promise<Agreement>;
  /** The same machine with another configuration, or as another node. */
  with(cluster: Cluster, node?: string): Trial;
  /** The same copies, each for another of the ways. */
  swapped(): Trial;
}

/** How a run ended, and what it left. */
export interface Result extends Outcome {
  readonly tree: Tree;
  /** What was there before. */
  readonly before: Tree;
}

export interface Agreement extends Result {
  /** Paths whose time of change is another one now, on any copy. */
  readonly touched: readonly string[];
}

/** A machine with nothing on it that is to become this node. */
export function trial(cluster: Cluster, node: string, ways: readonly ShellName[] = [nextShell(cluster)]): Trial {
  const directory = newDirectory();
  const roots = ["prepare", ...ways].map((way) => join(directory, way));
  for (const root of roots) mkdirSync(root);
  return newTrial({ cluster, node, ways, roots });
}

const turns = new Map<string, number>();

// The shells take turns, so that each sees every kind of case without trebling them.
function nextShell({ name }: Cluster): ShellName {
  const first = examples.findIndex((cluster) => cluster.name === name);
  const turn = turns.get(name) ?? Math.max(first, 0);
  turns.set(name, turn + 1);
  return shellNames[turn % shellNames.length] ?? "dash";
}

interface Machine {
  readonly cluster: Cluster;
  readonly node: string;
  readonly ways: readonly ShellName[];
  readonly roots: readonly string[];
}

function newTrial(machine: Machine): Trial {
  const { cluster, node, roots } = machine;
  return {
    roots,
    each: (change) => {
      for (const root of roots) change(root);
    },
    differ: (flags = [], options = {}) => runAll(machine, flags, options),
    agree: (flags = [], options = {}) => agree(machine, flags, options),
    with: (other, name = node) => newTrial({ ...machine, cluster: other, node: name }),
    swapped: () => newTrial({ ...machine, roots: [...roots.slice(1), ...roots.slice(0, 1)], cluster }),
  };
}

async function agree(machine: Machine, flags: readonly string[], options: RunOptions): Promise<Agreement> {
  const { cluster, node, ways, roots } = machine;
  const times = roots.map(timesOf);
  const [prepared, ...scripted] = await runAll(machine, flags, options);
  if (prepared === undefined) throw new Error("nothing ran");
  for (const [index, result] of scripted.entries())
    expect(result, `${ways[index]}, ${cluster.name}, ${node} ${flags.join(" ")}`).toEqual(prepared);
  const touched = roots.flatMap((root, index) => {
    const now = timesOf(root);
    const earlier = times[index] ?? {};
    return Object.keys({ ...earlier, ...now }).filter((path) => now[path] !== earlier[path]);
  });
  return { ...prepared, touched: [...new Set(touched)].toSorted() };
}

async function runAll(machine: Machine, flags: readonly string[], options: RunOptions): Promise<readonly Result[]> {
  const { cluster, node, ways, roots } = machine;
  const [first = "", ...others] = roots;
  const script = await scriptOf(cluster, node);
  const before = roots.map((root) => treeOf(root));
  const own = (root: string): readonly string[] => [
    ...flags.map((flag) => flag.replaceAll("ROOT", root)),
    ...(options.otherRoot === true ? [] : ["--rootfs", root]),
  ];
  const umask = process.umask(options.umask ?? 0o022);
  const [prepared, ...scripted] = await Promise.all([
    runPrepare(cluster, [...cluster.flags, "--node-name", node, ...own(first)], options.stdin),
    ...ways.map((way, index) => runScript(way, script.text, { ...options, argv: own(others[index] ?? "") })),
  ]).finally(() => process.umask(umask));
  // Both say the same of the configuration, but the script's author saw it where the script was made.
  const outcomes = [{ ...prepared, err: prepared.err.replace(script.err, "") }, ...scripted];
  return outcomes.map((outcome, index) => {
    const root = roots[index] ?? "";
    return { ...normalised(outcome, root), tree: treeOf(root), before: before[index] ?? {} };
  });
}

function normalised({ code, out, err }: Outcome, root: string): Outcome {
  return { code, out: out.replaceAll(root, "ROOT"), err: err.replaceAll(root, "ROOT") };
}

/** `prepare` in this process, on real files but for the configuration. */
export async function runPrepare(cluster: Cluster, argv: readonly string[], stdin = ""): Promise<Outcome> {
  const written = { out: "", err: "" };
  const io: Io = {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    read: (path) => (path === "-" ? stdin : (cluster.files[path] ?? processIo.read(path))),
    exists: (path) => cluster.files[path] !== undefined || processIo.exists(path),
  };
  const code = await run(["prepare", ...argv], io);
  return { code, ...written };
}

/** A script in a shell. */
export function runScript(
  way: ShellName,
  text: string,
  {
    argv,
    stdin = "",
    path = process.env["PATH"] ?? "",
    piped = false,
  }: RunOptions & { readonly argv: readonly string[] },
): Promise<Outcome> {
  const file = join(newDirectory(), "node.sh");
  if (!piped) writeFileSync(file, text);
  const [name, ...words] = shells[way];
  const arguments_ = [...words, ...(piped ? ["-s", "--"] : [file]), ...argv];
  const child = spawn(installed(name).path, arguments_, { env: { PATH: path }, stdio: ["pipe", "pipe", "pipe"] });
  const printed = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (printed.out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (printed.err += chunk));
  // A script that ends early leaves its input unread.
  child.stdin.on("error", () => {}).end(piped ? text : stdin);
  return new Promise((resolve, reject) =>
    child.once("error", reject).once("close", (code) => resolve({ code, ...printed })),
  );
}

/** When everything below a directory was changed, to the nanosecond. */
function timesOf(root: string): Readonly<Record<string, bigint>> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(paths.map((path) => [`/${path}`, lstatSync(join(root, path), { bigint: true }).mtimeNs]));
}
