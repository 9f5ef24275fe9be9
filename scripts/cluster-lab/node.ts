import { furnishNode, type Furniture } from "./furnish.ts";
import { makeCgroups } from "./cgroups.ts";
import { startContainerd } from "./containerd.ts";
import { supervisorFolder } from "./systemctl.ts";
import { collect } from "../../src/rehearse/lab/process.ts";
import type { Network } from "../../src/rehearse/lab/network.ts";
import {
  createSpace,
  ip,
  mustRun,
  read,
  type Result,
  run,
  type Space,
  start,
  write,
} from "../../src/rehearse/lab/space.ts";

/** A machine of a cluster: a fresh server with containerd, a kubelet and kubeadm. */
export interface ClusterNode {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly space: Space;
  /** Runs a line as typed in root's shell; ended after ten minutes. */
  shell(line: string): Promise<Result>;
  /** Starts what runs on it, after it was off: containerd, and the kubelet if it was enabled. */
  startPrograms(): Promise<void>;
  /** What the kubelet and containerd printed last. */
  log(): string;
}

export interface NodeOptions {
  readonly cluster: string;
  readonly name: string;
  /** Without prefix length. */
  readonly addresses: readonly string[];
  readonly interface: string;
  /** /etc/hosts, what a DNS server would say. */
  readonly names: Readonly<Record<string, string>>;
  readonly gateways: readonly string[];
  readonly pause: string;
  readonly furniture: Furniture;
}

/** A node that is plugged in and waits for its administrator. */
export async function startNode(network: Network, options: NodeOptions): Promise<ClusterNode> {
  const { name, addresses } = options;
  const space = await createSpace(name, furnishNode(options.furniture), makeCgroups(options.cluster, name));
  try {
    const names = Object.entries(options.names).map(([host, address]) => `${address} ${host}\n`);
    write(space, { path: "/etc/hosts", text: `127.0.0.1 localhost\n::1 localhost\n${names.join("")}` });
    write(space, { path: "/etc/hostname", text: `${name}\n` });
    await network.connect(space, { interface: options.interface, addresses: addresses.map(withLength) });
    await ip(
      space,
      options.gateways.map((gateway) => `route add default via ${gateway}`),
    );
    let printed: readonly (() => string)[] = [];
    const startPrograms = async (): Promise<void> => {
      const containerd = await startContainerd(space, options.pause);
      const supervisor = collect(start(space, [`${supervisorFolder}/supervise-services`]));
      printed = [containerd, supervisor.stderr];
    };
    await startPrograms();
    return {
      name,
      addresses,
      space,
      shell: (line) => run(space, [...login, "sh", "-c", line], { limitSeconds: 600 }),
      startPrograms,
      log: () =>
        `${printed.map((text) => text()).join("")}${(read(space, "/var/log/kubelet.log") ?? "").slice(-20_000)}`,
    };
  } catch (error) {
    await space.stop();
    throw error;
  }
}

/** Runs a line on a node; anything but success is an error with what was printed. */
export async function mustShell({ space }: ClusterNode, line: string): Promise<string> {
  return mustRun(space, [...login, "sh", "-c", line], { limitSeconds: 600 });
}

const login = ["env", "-C", "/root", "HOME=/root"];

/** The network that an address of the lab is in. */
export function withLength(address: string): string {
  return `${address}/${address.includes(":") ? 64 : 24}`;
}
