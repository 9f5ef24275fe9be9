import { builtProgram } from "../../support/built.ts";

/** The command that takes everything of ours away from below a directory. */
export function reset(root: string, ...options: readonly string[]): readonly string[] {
  return [process.execPath, builtProgram, "reset", "--rootfs", root, ...options];
}
