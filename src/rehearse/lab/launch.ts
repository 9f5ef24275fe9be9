import { type ChildProcess, spawn } from "node:child_process";

import { environment, type Space } from "./space.ts";

/** In which file system a program works: the machine's, or this one's, where our own helpers are. */
export type Root = "machine" | "here";

/**
 * Starts a program in a space as a child of the space's first process, without anybody outside who waits
 * for it: such a waiting process would stop together with a frozen program and could stay behind. What
 * the program prints comes through the child's pipes, what is written to the child's fourth pipe
 * is the program's standard input. The child itself ends at once.
 */
export function launch(space: Space, argv: readonly string[], root: Root = "machine"): ChildProcess {
  const namespaces = ["--net", "--uts", "--pid", "--ipc", ...(root === "machine" ? ["--mount"] : [])];
  const detach = ["setsid", "--fork", "sh", "-c", 'exec "$@" <&3 3<&-', "sh"];
  const child = spawn("nsenter", ["--target", String(space.pid), ...namespaces, "--", ...detach, ...argv], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    detached: true,
  });
  // Nobody reads it once the program has ended.
  child.stdio[3]?.on("error", () => {});
  return child;
}
