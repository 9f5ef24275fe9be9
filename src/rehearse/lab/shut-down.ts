import type { SceneNode } from "../scene.ts";
import type { LabProgram, ProgramName } from "./lab.ts";
import { eventually } from "./wait.ts";

/**
 * Stops a machine's programs as systemd does when it shuts down: all at once, but where units of ours run keepalived, its
 * last advert has left and the redirect's rules are gone before the balancer ends, which gets the signal of its unit.
 * Units are given time to end; who calls decides how much of it there is.
 */
export async function shutDown(
  node: SceneNode,
  programs: Readonly<Partial<Record<ProgramName, LabProgram>>>,
): Promise<void> {
  const { keepalived, balancer, redirect } = programs;
  const balancerKind = node.programs.find(({ kind }) => kind !== "keepalived")?.kind ?? "haproxy";
  const unit = unitOf(node, balancerKind);
  programs["api-server"]?.signal("SIGTERM");
  keepalived?.signal("SIGTERM");
  redirect?.signal("SIGTERM");
  if (unitOf(node, "keepalived") !== undefined) await ended([keepalived, redirect]);
  balancer?.signal(unit === undefined ? distributionSignals[balancerKind] : killSignal(unit));
}

// TimeoutStopSec= of our units; then systemd kills.
const stopSeconds = 10;

async function ended(programs: readonly (LabProgram | undefined)[]): Promise<void> {
  const running = (): readonly LabProgram[] => programs.flatMap((each) => (each?.running() === true ? [each] : []));
  await eventually("keepalived and the redirect have ended", stopSeconds, () =>
    running().length === 0 ? true : undefined,
  ).catch(() => running().forEach((program) => program.signal("SIGKILL")));
}

function unitOf({ files }: SceneNode, service: string): string | undefined {
  return files.find(({ path }) => path === `/etc/systemd/system/kubeadm-ha-${service}.service`)?.text;
}

// https://www.freedesktop.org/software/systemd/man/latest/systemd.kill.html#KillSignal=
function killSignal(unit: string): NodeJS.Signals {
  return (/^KillSignal=(SIG[A-Z0-9]+)$/m.exec(unit)?.[1] ?? "SIGTERM") as NodeJS.Signals;
}

// As Debian's own units stop them.
const distributionSignals = { keepalived: "SIGTERM", haproxy: "SIGTERM", nginx: "SIGQUIT" } as const;
