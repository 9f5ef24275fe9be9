import { devicesIn } from "../../../src/rehearse/lab/furnish.ts";
import type { Network } from "./network.ts";
import { createSpace, mustRun, type Result, run, type Space, write } from "./space.ts";

/** A machine with a root user who types: its own file system as far as anything is written. */
export interface Machine {
  readonly name: string;
  readonly address: string;
  readonly space: Space;
  /** Runs a command line as typed in root's shell. */
  shell(line: string, environment?: Readonly<Record<string, string>>): Promise<Result>;
  stop(): Promise<void>;
}

export interface MachineOptions {
  readonly name: string;
  /** IPv4, of a /24. */
  readonly address: string;
  /** /etc/hosts, what a DNS server would say. */
  readonly names: Readonly<Record<string, string>>;
  /** Files and directories of this machine and the names they get in `programs`, for scripts of the lab. */
  readonly programs: Readonly<Record<string, string>>;
}

/** Where the programs that only the lab itself calls are; not in anybody's PATH. */
export const programs = "/usr/libexec/lab";

/** A new machine on the network, with nothing but what a fresh server has. */
export async function startMachine(network: Network, options: MachineOptions): Promise<Machine> {
  const { name, address } = options;
  const space = await createSpace(name);
  try {
    await mustRun(space, ["sh", "-ec", ownFiles, programs, ...Object.entries(options.programs).flat()]);
    const names = Object.entries(options.names).map(([host, place]) => `${place} ${host}\n`);
    write(space, { path: "/etc/hosts", text: `127.0.0.1 localhost\n${names.join("")}` });
    write(space, { path: "/etc/hostname", text: `${name}\n` });
    await network.connect(space, { interface: "eth0", addresses: [`${address}/24`] });
  } catch (error) {
    await space.stop();
    throw error;
  }
  return {
    name,
    address,
    space,
    shell: (line, environment = {}) =>
      run(space, ["env", "-C", "/root", "HOME=/root", ...assignments(environment), "sh", "-c", line], {
        limitSeconds: 120,
      }),
    stop: () => space.stop(),
  };
}

function assignments(environment: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(environment).map(([name, value]) => `${name}=${value}`);
}

// Nothing that lies on a disk can be written: the rest is layers in memory over what is needed of this
// machine, and nothing where people keep their files. The programs are bound before their places are
// covered. What this machine has installed for tests is no part of a fresh server. A container has mounts
// in /etc, which the space's layer hides: only those cannot be remounted.
const ownFiles = `
findmnt --raw --noheadings --real --types nooverlay --output TARGET | while read -r disk; do
  mount -o remount,bind,ro "$disk" 2>/dev/null || true
done
mount -o remount,bind,ro /
mount -t tmpfs layers /mnt
for directory in usr var; do
  mkdir -p "/mnt/$directory/upper" "/mnt/$directory/work"
  mount -t overlay -o "lowerdir=/$directory,upperdir=/mnt/$directory/upper,workdir=/mnt/$directory/work" "$directory" "/$directory"
done
${devicesIn("/mnt/dev")}
mount --rbind /mnt/dev /dev
umount --lazy /mnt
mkdir -p "$0"
while [ $# -gt 0 ]; do
  if [ -d "$2" ]; then mkdir "$0/$1"; else touch "$0/$1"; fi
  mount --bind "$2" "$0/$1"
  shift 2
done
for directory in home srv mnt opt; do mount -t tmpfs -o mode=755 own "/$directory"; done
for directory in tmp dev/shm; do mount -t tmpfs -o mode=1777 own "/$directory"; done
mount -t tmpfs -o mode=700 own /root
for program in kubeadm kubeadm-ha kubelet kubectl crictl node nodejs npm npx go python3 jq docker keepalived haproxy nginx; do
  rm -f "/usr/local/sbin/$program" "/usr/local/bin/$program" "/usr/sbin/$program" "/usr/bin/$program"
done
for directory in kubernetes kubeadm-ha haproxy keepalived nginx ssh; do rm -rf "/etc/$directory"; done
rm -rf /var/lib/kubelet /var/lib/etcd`;
