import type { ChildProcess } from "node:child_process";

import { cannotStart } from "./check.ts";
import type { LabProgram } from "./lab.ts";
import { collect } from "./process.ts";
import { lives, send, type SpaceProcess } from "./processes.ts";
import { supervise } from "./supervise.ts";
import { eventually } from "./wait.ts";

/** How a program of a node is started and found. */
export interface ProgramOptions {
  /** For messages: "haproxy on cp1". */
  readonly name: string;
  /** Whether its machine has power. */
  on(): boolean;
  /** Starts it; what it prints comes through this process's pipes. */
  launch(): ChildProcess;
  /** Its first process, as this machine sees it. */
  find(): SpaceProcess | undefined;
  /** All its other processes. */
  others(master: SpaceProcess): readonly SpaceProcess[];
  /** Who starts it again when it ends without being told to: the kubelet, or nobody. */
  readonly supervisor?: "kubelet";
  /** What it prints when it is ready to work; without one it is as soon as it runs. */
  readonly readyText?: string;
}

export interface ManagedProgram extends LabProgram {
  /** As in the options. */
  readonly name: string;
  /** Starts it; where that fails its supervisor goes on trying, if it has one. */
  boot(): Promise<void>;
  /** Nobody starts it again from here on. */
  release(): void;
  /** The pipe on which the program takes commands, while it runs. */
  command(line: string): void;
  log(): string;
}

/** A program that is not running yet. */
export function manageProgram(options: ProgramOptions): ManagedProgram {
  let master: SpaceProcess | undefined;
  let child: ChildProcess | undefined;
  let log = "";
  const running = (): boolean => {
    if (!options.on()) return false;
    if (master !== undefined && lives(master)) return true;
    // A check or an init script may have started it anew.
    master = options.find();
    return master !== undefined;
  };
  const launch = async (): Promise<void> => {
    if (running()) return;
    child = options.launch();
    const printed = collect(child);
    const before = log;
    const text = (): string => printed.stdout() + printed.stderr();
    const update = (): void => void (log = (before + text()).slice(-65_536));
    child.stdout?.on("data", update);
    child.stderr?.on("data", update);
    const launched = child;
    await eventually(`${options.name} runs`, 10, () => {
      const failed = launched.exitCode !== null && launched.exitCode !== 0;
      if (failed) throw new Error(`${options.name} ended at once with ${launched.exitCode}`);
      if (options.readyText !== undefined) return (text().includes(options.readyText) && running()) || undefined;
      return running() || undefined;
    }).catch((error: unknown) => {
      // What a check of the configuration does not find, such as a port that is taken.
      throw cannotStart(options.name, `${error instanceof Error ? error.message : String(error)}\n${text()}`);
    });
  };
  let starting: Promise<void> | undefined;
  const launchOnce = (): Promise<void> => (starting ??= launch().finally(() => void (starting = undefined)));
  const supervision = supervise({
    on: () => options.on() && starting === undefined,
    running,
    restart: () => void launchOnce().catch((error: unknown) => (log += `\n${String(error)}\n`)),
    supervisor: options.supervisor,
  });
  const start = (): Promise<void> => {
    supervision.started();
    return launchOnce();
  };
  return {
    name: options.name,
    start,
    boot: () => (options.supervisor === undefined ? start() : start().catch(() => {})),
    running,
    signal: (name) => {
      if (name !== "SIGSTOP" && name !== "SIGCONT") supervision.toldToEnd();
      if (!running() || master === undefined) return;
      if (name === "SIGKILL") killAll(master, options.others(master));
      else send(master.pid, name);
    },
    superviseAfter: supervision.after,
    release: supervision.release,
    command: (line) => void (child?.stdio[3] as NodeJS.WritableStream | undefined)?.write(`${line}\n`),
    log: () => log,
  };
}

/** Nobody of them gets to clean up or to start another one. */
function killAll(master: SpaceProcess, others: readonly SpaceProcess[]): void {
  for (const { pid } of others) send(pid, "SIGSTOP");
  for (const { pid } of [master, ...others]) send(pid, "SIGKILL");
}
