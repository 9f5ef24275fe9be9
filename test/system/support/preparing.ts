import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { builtProgram } from "../../support/built.ts";
import { collect } from "../lab/process.ts";
import { environment, type Result } from "../lab/space.ts";

/** One way to prepare a node; all of them leave the same. */
export interface Form {
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
  /** The words before the options, for a configuration and a node of it. */
  command(preparation: Preparation): readonly string[];
}

/** A configuration, and which node of it is prepared. */
export interface Preparation {
  /** The file with the configuration. */
  readonly file: string;
  readonly node: string;
  /** Options that change the configuration, such as --failover. */
  readonly changes?: readonly string[];
}

/** `kubeadm-ha prepare`, the built program. */
export const program: Form = {
  name: "kubeadm-ha prepare",
  env: environment,
  command: ({ file, node, changes = [] }) =>
    [process.execPath, builtProgram, "prepare", "--config", file, "--node-name", node].concat(changes),
};

/** The node script in a shell; `directory` is for what it needs on disk. */
export function script(shell: readonly string[], directory: string): Form {
  const texts = new Map<string, string>();
  return {
    name: shell.join(" "),
    env: shell[0] === "busybox" ? busyboxTools(directory) : environment,
    command: ({ file, node, changes = [] }) => {
      const key = JSON.stringify([file, node, changes]);
      const place = texts.get(key) ?? path.join(directory, `node-script-${texts.size}.sh`);
      if (!texts.has(key)) writeFileSync(place, render(["--config", file, ...changes, "--node", node]));
      texts.set(key, place);
      return [...shell, place];
    },
  };
}

/** Runs a command to its end. */
export async function runCommand(argv: readonly string[], options: RunOptions = {}): Promise<Result> {
  const [file = "", ...words] = argv;
  const { env = environment, limitSeconds = 30 } = options;
  const child = spawn(file, words, {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: limitSeconds * 1000,
    killSignal: "SIGKILL",
  });
  const printed = collect(child);
  const status = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  return { status, stdout: printed.stdout(), stderr: printed.stderr() };
}

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly limitSeconds?: number;
}

/** The same, and anything but success is an error that says what was printed. */
export async function mustRunCommand(argv: readonly string[], options: RunOptions = {}): Promise<Result> {
  const result = await runCommand(argv, options);
  if (result.status !== 0)
    throw new Error(`${argv.join(" ")} ended with ${result.status}\n${result.stdout}${result.stderr}`);
  return result;
}

function render(options: readonly string[]): string {
  const argv = [builtProgram, "render", ...options, "--format", "script"];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { env: environment, encoding: "utf8" });
  if (status !== 0) throw new Error(`render ended with ${status}\n${stderr}`);
  return stdout;
}

/** Busybox does not prefer its own programs to others. */
function busyboxTools(directory: string): NodeJS.ProcessEnv {
  const { status } = spawnSync("busybox", ["--install", "-s", directory]);
  if (status !== 0) throw new Error("busybox --install failed");
  return { ...environment, PATH: `${directory}:${environment["PATH"]}` };
}
