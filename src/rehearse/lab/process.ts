import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** The process that a command in a space really is, as this machine sees it: `depth` programs that only wait are before it. */
export function descendant(child: ChildProcess, depth: number): number | undefined {
  let pid = child.pid;
  for (let step = 0; step < depth && pid !== undefined; step += 1) [pid] = childrenOf(pid);
  return pid;
}

/** Sends a signal to that process; nothing happens when it has ended. */
export function signal(child: ChildProcess, depth: number, name: NodeJS.Signals): void {
  const pid = descendant(child, depth);
  if (pid !== undefined) process.kill(pid, name);
}

/** The processes that another one started and has not waited for, as this machine sees them. */
export function childrenOf(pid: number): readonly number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split(" ")
    .filter((text) => text !== "")
    .map(Number);
}

/** What a process prints, the last 64 kB of it. */
export function collect(child: ChildProcess): { readonly stdout: () => string; readonly stderr: () => string } {
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.setEncoding("utf8").on("data", (text: string) => (texts[name] = (texts[name] + text).slice(-65_536)));
  return { stdout: () => texts.stdout, stderr: () => texts.stderr };
}
