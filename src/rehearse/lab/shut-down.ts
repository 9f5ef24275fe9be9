import type { SceneNode } from "../scene.ts";
import type { LabProgram, ProgramName } from "./lab.ts";
import { eventually } from "./wait.ts";

/**
 * Stops a machine's programs as systemd does when it shuts down: all at once, but where units of ours run keepalived, its
 * last advert has left before anything else ends, and the balancer gets the signal that its unit names.
 */
export async function shutDown(
  node: SceneNode,
  programs: Readonly<Partial<Record<ProgramName, LabProgram>>>,
): Promise<void> {
  const { keepalived, balancer, redirect } = programs;
  const balancerKind = node.programs.find(({ kind }) => kind !== "keepalived")?.kind ?? "haproxy";
  keepalived?.signal("SIGTERM");
  if (unitOf(node, "keepalived") !== undefined)
    await eventually("keepalived has ended", 10, () => (keepalived?.running() === true ? undefined : true));
  balancer?.signal(killSignal(unitOf(node, balancerKind)));
  redirect?.signal("SIGTERM");
  programs["api-server"]?.signal("SIGTERM");
}

function unitOf({ files }: SceneNode, service: string): string | undefined {
  return files.find(({ path }) => path === `/etc/systemd/system/kubeadm-ha-${service}.service`)?.text;
}

// https://www.freedesktop.org/software/systemd/man/latest/systemd.kill.html#KillSignal=
function killSignal(unit: string | undefined): NodeJS.Signals {
  return (/^KillSignal=(SIG[A-Z0-9]+)$/m.exec(unit ?? "")?.[1] ?? "SIGTERM") as NodeJS.Signals;
}
