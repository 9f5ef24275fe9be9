import { ExitCode, UserError } from "../errors.ts";
import { statusOf } from "../host/files.ts";
import { runProgram } from "../host/run-program.ts";
import { unitNames } from "../plan/node-files.ts";
import { fileReport, notStartedMessage, unitsLeftMessage } from "../plan/node-messages.ts";
import type { PlannedNode } from "../plan/plan.ts";

/**
 * Has systemd read the units of a node, enable and start them; returns lines for the report. What starts may
 * have to wait for the CA, so nobody waits for it here.
 */
export function startUnits(root: string, { files }: PlannedNode): readonly string[] {
  const units = unitNames(files);
  if (units.length === 0 || root !== "/") return [];
  if (!runsSystemd()) return [unitsLeftMessage(units)];
  for (const command of [
    ["systemctl", "daemon-reload"],
    ["systemctl", "enable", "--quiet", ...units],
    ["systemctl", "start", "--no-block", ...units],
  ]) {
    const result = runProgram(command);
    if (result.state === "ended" && result.status === 0) continue;
    const said = result.state === "ended" ? (result.stderr.trim().split("\n")[0] ?? "") : "it is missing";
    throw new UserError(notStartedMessage(command.join(" "), said), { exitCode: ExitCode.environment });
  }
  return units.map((unit) => fileReport("start", "Starting", unit));
}

/** Stops and disables the units among files of ours; keepalived has ended, and its last advert has left, when this returns. */
export function stopUnits(root: string, files: readonly { readonly path: string }[]): readonly string[] {
  const units = unitNames(files);
  if (units.length === 0 || root !== "/" || !runsSystemd()) return [];
  return units.map((unit) => {
    runProgram(["systemctl", "disable", "--now", "--quiet", unit]);
    return `[reset] Stopping "${unit}"`;
  });
}

/** Lets systemd forget units that are gone. */
export function forgetUnits(root: string): void {
  if (root === "/" && runsSystemd()) runProgram(["systemctl", "daemon-reload"]);
}

// As sd_booted(3) finds it.
function runsSystemd(): boolean {
  return statusOf("/run/systemd/system")?.isDirectory() === true;
}
