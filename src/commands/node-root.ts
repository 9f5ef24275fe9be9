import { ExitCode, UserError } from "../errors.ts";
import type { Io } from "../host/io.ts";
import { savedConfigurationPath } from "../plan/make-plan.ts";
import type { Options } from "./options.ts";

/** The directory that stands for the root of the machine's files; one that is missing is a slip of the pen. */
export function rootOf({ rootfs = "/" }: Options, io: Io): string {
  const root = rootfs.replace(/\/+$/, "") || "/";
  if (!io.exists(root)) throw new UserError(`there is no directory ${rootfs}`, { exitCode: ExitCode.environment });
  return root;
}

/** Where a node keeps its configuration, below a root. */
export function nodeConfiguration(root: string): string {
  return root === "/" ? savedConfigurationPath : `${root}${savedConfigurationPath}`;
}
