import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";

import { markdownTable } from "../../src/report/markdown-table.ts";

/** What was measured on, as it changes figures. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly kernel: string;
  /** Versions by program. */
  readonly programs: Readonly<Record<string, string>>;
  /** How many labs, or clusters, ran at once at most. */
  readonly atOnce?: number;
}

/** Every machine that the measurements in a directory come from; the last one is the newest. */
export function knownMachines(directory: string): readonly Machine[] {
  const file = fileOf(directory);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly Machine[]) : [];
}

/** Notes that measurements in a directory come from this machine, with so many labs at once. */
export function noteMachine(directory: string, atOnce: number): void {
  const machine = thisMachine();
  const text = JSON.stringify(machine);
  const known = knownMachines(directory);
  const others = known.filter((other) => JSON.stringify({ ...other, atOnce: undefined }) !== text);
  const most = Math.max(atOnce, ...known.filter((each) => !others.includes(each)).map(labsAtOnce));
  mkdirSync(directory, { recursive: true });
  writeFileSync(fileOf(directory), `${JSON.stringify([...others, { ...machine, atOnce: most }], null, 2)}\n`);
}

/** Before it was noted, two was what everybody used. */
export function labsAtOnce({ atOnce = 2 }: Machine): number {
  return atOnce;
}

/** "keepalived 2.2.7, haproxy 2.6.12" */
export function programsText(programs: Machine["programs"]): string {
  return Object.entries(programs)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

/** Markdown: a row a machine. */
export function machineTable(machines: readonly Machine[]): string {
  const rows = machines.map(({ processor, cores, kernel, programs }) => [
    processor,
    String(cores),
    kernel,
    programsText(programs),
  ]);
  return markdownTable(["processor", "cores", "kernel", "programs"], rows);
}

function fileOf(directory: string): string {
  return `${directory}/machines.json`;
}

function thisMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? "unknown",
    cores: processors.length,
    kernel: release(),
    programs: {
      "Node.js": process.versions.node,
      keepalived: versionOf("keepalived", "--version"),
      haproxy: versionOf("haproxy", "-v"),
      nginx: versionOf("nginx", "-v"),
    },
  };
}

function versionOf(program: string, flag: string): string {
  const { stdout, stderr, error } = spawnSync(program, [flag], { encoding: "utf8" });
  if (error !== undefined) return "not installed";
  return /\d+\.\d+[\w.+-]*/.exec(`${stdout}${stderr}`)?.[0] ?? "unknown";
}
