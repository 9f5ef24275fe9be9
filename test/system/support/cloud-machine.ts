import { existsSync } from "node:fs";

import { createSpace, inside, mustRun, type Result, run, type Space, write } from "../lab/space.ts";
import { debian13 } from "./programs.ts";
import { type Tree, treeOf } from "./tree.ts";

/** A Debian 13 with cloud-init that starts for the first time, and of which nothing is on a disk. */
export interface CloudMachine {
  readonly space: Space;
  /** Runs a command in it; what fails is an error. */
  must(...argv: readonly string[]): Promise<string>;
  run(...argv: readonly string[]): Promise<Result>;
  /** Everything below a directory of it, by its path there. */
  tree(directory: string): Tree;
  put(path: string, text: string, mode?: number): void;
}

export interface CloudMachineOptions {
  readonly name: string;
  /** Its network interface; eth0 without a value. */
  readonly link?: string | undefined;
  /** With lengths of their networks. */
  readonly addresses?: readonly string[];
}

/** Starts one. */
export async function startCloudMachine(options: CloudMachineOptions): Promise<CloudMachine> {
  const { name, link = "eth0", addresses = [] } = options;
  const image = `${debian13()}-cloud-init`;
  if (!existsSync(image)) throw new Error(`${image} is missing: scripts/debian-packages makes it`);
  const space = await createSpace(name);
  try {
    await mustRun(space, ["sh", "-ec", furnish, image, link, ...addresses]);
  } catch (error) {
    await space.stop();
    throw error;
  }
  const chrooted = (argv: readonly string[]): readonly string[] => ["chroot", top, "env", "HOME=/root", ...argv];
  return {
    space,
    must: (...argv) => mustRun(space, chrooted(argv), limit),
    run: (...argv) => run(space, chrooted(argv), limit),
    tree: (directory) =>
      Object.fromEntries(
        Object.entries(treeOf(inside(space, top + directory))).map(([place, entry]) => [directory + place, entry]),
      ),
    put: (path, text, mode) => write(space, { path: top + path, text, ...(mode !== undefined && { mode }) }),
  };
}

/** Where the machine's root is in its space. */
export const top = "/mnt/root";

// Python starts slowly on a busy machine.
const limit = { limitSeconds: 120 };

// Devices of its own: cloud-init looks for disks, and must not find this machine's.
const furnish = `
mount -t tmpfs cloud-machine /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o lowerdir="$0",upperdir=/mnt/upper,workdir=/mnt/work cloud-machine /mnt/root
mount -t proc proc /mnt/root/proc
mount -t sysfs -o ro sysfs /mnt/root/sys
mount -t tmpfs -o mode=755 run /mnt/root/run
mount -t tmpfs -o mode=755 dev /mnt/root/dev
for device in null:3 zero:5 random:8 urandom:9; do mknod -m 666 "/mnt/root/dev/\${device%:*}" c 1 "\${device#*:}"; done
hostname >/mnt/root/etc/hostname
# Every machine with systemd has it.
mkdir -p /mnt/root/etc/tmpfiles.d
link=$1
shift
ip link add "$link" type veth peer name cable
for address; do ip addr add "$address" dev "$link" nodad; done
ip link set cable up
ip link set "$link" up
`;
