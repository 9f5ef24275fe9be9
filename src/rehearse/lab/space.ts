import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { collect, descendant } from "./process.ts";

/**
 * Mount, network, process, host name and IPC namespaces of one pretended machine. /run is empty and
 * /etc a writable layer over this machine's, so that files can lie at their real paths. Its first
 * process waits for the end of a pipe from here: however this process ends, the kernel ends
 * everything in there and nothing is left, on disk neither.
 */
export interface Space {
  readonly name: string;
  /** Of its first process, as this machine sees it. */
  readonly pid: number;
  /** Directories of the control groups that everything in there belongs to; none of its own without a value. */
  readonly cgroups?: readonly string[];
  stop(): Promise<void>;
}

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** The command is killed after this long; 30 without a value. */
  readonly limitSeconds?: number;
  /** What it reads from its standard input. */
  readonly input?: string;
}

/** A file to write. */
export interface SpaceFile {
  readonly path: string;
  readonly text: string;
  /** 0644 without a value. */
  readonly mode?: number;
}

/**
 * A new machine without a network but lo; `furnish` is a shell script that changes it before anything else runs.
 * With control groups, which the caller makes and removes, it sees them as the roots of theirs.
 */
export async function createSpace(name: string, furnish = "", cgroups: readonly string[] = []): Promise<Space> {
  const namespaces = ["--mount", "--net", "--uts", "--pid", "--ipc", ...(cgroups.length > 0 ? ["--cgroup"] : [])];
  const options = [...namespaces, "--fork", "--kill-child", "--mount-proc"];
  const [program, ...words] = within(cgroups, ["unshare", ...options, "--", "sh", "-ec", setup + furnish + wait, name]);
  const holder = spawn(program, words, {
    env: environment,
    stdio: ["pipe", "pipe", "pipe"],
    // In a session of its own: Ctrl-C at the terminal is for this process, which then stops the machines in order.
    detached: true,
  });
  const ended = new Promise<void>((resolve, reject) => holder.once("error", reject).once("close", () => resolve()));
  const { stderr } = collect(holder);
  await Promise.race([new Promise((resolve) => holder.stdout.once("data", resolve)), ended]);
  const pid = descendant(holder, 1);
  if (pid === undefined) throw new Error(`no namespaces for ${name}: ${stderr()}`);
  return {
    name,
    pid,
    cgroups,
    stop: async () => {
      holder.stdin.end();
      await ended;
    },
  };
}

const setup = `
mount -t tmpfs -o mode=755 run /run
mkdir -m 755 /run/.etc /run/.etc/upper /run/.etc/work
mount -t overlay -o lowerdir=/etc,upperdir=/run/.etc/upper,workdir=/run/.etc/work etc /etc
printf %s "$0" > /proc/sys/kernel/hostname
ip link set lo up
# What the firmware says is about this machine, and not about the one that is played.
[ ! -d /sys/class/dmi/id ] || mount -t tmpfs tmpfs /sys/class/dmi/id
`;

// Who ignores SIGCHLD leaves no zombies of daemons whose parents have ended; scripts would count those as running.
const wait = `
echo ready
exec env --ignore-signal=CHLD cat`;

/** Programs of the administrator are not in everybody's PATH; nothing else of our environment goes in. */
export const environment: NodeJS.ProcessEnv = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LC_ALL: "C",
};

/** Runs a command in all namespaces of a space and waits for its end. */
export async function run(space: Space, argv: readonly string[], options: RunOptions = {}): Promise<Result> {
  const limited = ["timeout", "--kill-after=1", String(options.limitSeconds ?? 30), ...argv];
  return finish(start(space, limited), options.input);
}

/** The same, and anything but success is an error that says what was printed. */
export async function mustRun(space: Space, argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await run(space, argv, options);
  if (status !== 0) throw new Error(`${space.name}: ${argv.join(" ")} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** Starts a command in all namespaces of a space; it ends with the space at the latest. */
export function start(space: Space, argv: readonly string[]): ChildProcess {
  return enter(space, ["--mount", "--net", "--uts", "--pid", "--ipc"], argv);
}

/** Runs iproute2 in the space's network, but with this machine's process numbers, by which it finds other networks. */
export async function ip(space: Space, commands: readonly string[]): Promise<void> {
  const input = commands.map((line) => `${line}\n`).join("");
  const { status, stderr } = await finish(enter(space, ["--net"], ["ip", "-batch", "-"]), input);
  if (status !== 0) throw new Error(`${space.name}: ip ended with ${status}\n${commands.join("\n")}\n${stderr}`);
}

/** Writes a file of the space and the directories above it. */
export function write(space: Space, { path: file, text, mode = 0o644 }: SpaceFile): void {
  const place = inside(space, file);
  mkdirSync(path.dirname(place), { recursive: true, mode: 0o755 });
  writeFileSync(place, text, { mode });
}

/** A file of the space, or undefined. */
export function read(space: Space, file: string): string | undefined {
  return existsSync(inside(space, file)) ? readFileSync(inside(space, file), "utf8") : undefined;
}

/** Where this machine sees a path of the space; a link with an absolute target would lead back to this machine. */
export function inside(space: Space, file: string): string {
  return `/proc/${space.pid}/root${file}`;
}

/** Starts a command in some namespaces of a space, named as nsenter's options. */
export function enter(space: Space, namespaces: readonly string[], argv: readonly string[]): ChildProcess {
  const { pid, cgroups = [] } = space;
  const all = cgroups.length > 0 ? [...namespaces, "--cgroup"] : namespaces;
  const [program, ...words] = within(cgroups, ["nsenter", "--target", String(pid), ...all, "--", ...argv]);
  return spawn(program, words, { env: environment, stdio: ["pipe", "pipe", "pipe"], detached: true });
}

/** A command that first joins control groups: before it enters their namespace, whose roots they are. */
export function within(cgroups: readonly string[], argv: readonly [string, ...string[]]): [string, ...string[]] {
  if (cgroups.length === 0) return [...argv];
  const join = `for directory; do shift; [ "$directory" != -- ] || break; echo 0 >"$directory/cgroup.procs"; done; exec "$@"`;
  return ["sh", "-ec", join, "sh", ...cgroups, "--", ...argv];
}

async function finish(child: ChildProcess, input = ""): Promise<Result> {
  const printed = collect(child);
  // A program that does not read its input closes the pipe early.
  child.stdin?.on("error", () => {}).end(input);
  const status = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  return { status, stdout: printed.stdout(), stderr: printed.stderr() };
}
