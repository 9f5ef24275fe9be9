import { readdirSync, readFileSync, readlinkSync } from "node:fs";

import { expect } from "vitest";

import { eventually } from "./wait.ts";

/** What a lab could leave on this machine besides processes; network namespaces live as long as a process or a mount. */
export function machine(): unknown {
  const directories = ["/run", "/run/kubeadm-ha", "/run/netns", "/etc/kubeadm-ha", "/mnt", "/sys/class/net"].map(
    (directory) => [directory, list(directory)],
  );
  return { mounts: readFileSync("/proc/self/mountinfo", "utf8").split("\n"), directories };
}

/** The network namespaces of processes. */
export function networksOf(pids: readonly number[]): readonly string[] {
  return pids.flatMap((pid) => networkOf(String(pid)) ?? []);
}

/** Every network namespace that a process of this machine is in. */
export function allNetworks(): readonly string[] {
  return [...new Set(list("/proc").flatMap((pid) => networkOf(pid) ?? []))];
}

/** The processes in some network namespaces. */
export function processesIn(networks: readonly string[]): readonly string[] {
  return list("/proc").filter((pid) => networks.includes(networkOf(pid) ?? ""));
}

function networkOf(pid: string): string | undefined {
  try {
    return /^\d+$/.test(pid) ? readlinkSync(`/proc/${pid}/ns/net`) : undefined;
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Waits until no process is in these namespaces and compares with how it was; the kernel needs a moment to end what was in a process namespace. */
export async function untilGone(networks: readonly string[], before: unknown): Promise<void> {
  await eventually("no process is left in the lab", 5, () => (processesIn(networks).length === 0 ? true : undefined));
  expect(machine()).toEqual(before);
}
