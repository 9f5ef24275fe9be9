import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";

import type { Space } from "./space.ts";

/** A process of a space. Numbers as this machine sees them. */
export interface SpaceProcess {
  readonly pid: number;
  readonly parent: number;
  /** The last part of its program's path. */
  readonly program: string;
  readonly argv: readonly string[];
  /** When it began, in ticks since the boot: its number may be another one's later. */
  readonly began: string;
}

/** Every living process of a space and of the containers in it, but not the first one. */
export function processesOf(space: Space): readonly SpaceProcess[] {
  const network = link(space.pid, "ns/net");
  if (network === undefined) return [];
  return numbers().flatMap((pid) => {
    // What only waits outside for a program in there shares its network, but not its process numbers.
    const here = pid !== space.pid && link(pid, "ns/net") === network && link(pid, "ns/pid") !== ownNumbers;
    return here ? (processOf(pid) ?? []) : [];
  });
}

/** Whether a process lives; one that has ended and was not waited for does not. */
export function lives({ pid, began }: Pick<SpaceProcess, "pid" | "began">): boolean {
  const fields = statOf(pid);
  return fields !== undefined && fields[beganField] === began && !ended(fields);
}

/** A process by its number, while it lives. */
export function processOf(pid: number): SpaceProcess | undefined {
  const fields = statOf(pid);
  const program = link(pid, "exe");
  if (fields === undefined || program === undefined || ended(fields)) return undefined;
  const argv = (text(`/proc/${pid}/cmdline`) ?? "").split("\0");
  return { pid, parent: Number(fields[1]), program: path.basename(program), argv, began: fields[beganField] ?? "" };
}

/** Sends a signal to a process; nothing happens when it has ended. */
export function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

const ownNumbers = link("self", "ns/pid");

const beganField = 19;

function ended(fields: readonly string[]): boolean {
  return fields[0] === "Z" || fields[0] === "X";
}

/** State, parent and so on: what follows the name, which may contain anything. */
function statOf(pid: number): readonly string[] | undefined {
  const stat = text(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function numbers(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function link(pid: number | "self", name: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/${name}`);
  } catch {
    return undefined;
  }
}

function text(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
