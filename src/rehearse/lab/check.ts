import { UserError } from "../../errors.ts";
import type { SceneProgram } from "../scene.ts";
import { checkCommand } from "./daemons.ts";
import { run, type Space } from "./space.ts";

/** Lets a daemon check its configuration on its machine; what it can not start with is the user's error. */
export async function checkConfiguration(space: Space, program: SceneProgram): Promise<void> {
  const { status, stdout, stderr } = await run(space, checkCommand(program));
  if (status === 0 || (program.kind === "keepalived" && keepalivedWarnings.has(status ?? -1))) return;
  throw cannotStart(`${program.kind} on ${space.name}`, stdout + stderr);
}

/** The error for a daemon that does not start, with its own words. */
export function cannotStart(name: string, printed: string): UserError {
  const lines = printed.split("\n").filter((line) => line.trim() !== "");
  return new UserError(`${name} cannot start with this configuration:\n${lines.slice(-15).join("\n")}`);
}

// "Configuration test failed" and the same for the rules about scripts: keepalived reports what it leaves out, and starts.
const keepalivedWarnings = new Set([5, 6]);
