import { devicesIn } from "../../../src/rehearse/lab/furnish.ts";
import { bootingDebian } from "../support/programs.ts";
import { collect, descendant } from "./process.ts";
import { environment, run, type Space, start } from "./space.ts";
import { eventually } from "./wait.ts";

/**
 * A Debian 13 that systemd has booted in a space, with the space's network and control groups, in a
 * layer over the cached root. It ends with the space.
 */
export async function bootDebian(space: Space): Promise<Space> {
  const child = start(space, [
    "unshare",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child",
    "--",
    "sh",
    "-ec",
    boot,
    bootingDebian(),
  ]);
  const printed = collect(child);
  const running = async (): Promise<Space | undefined> => {
    if (child.exitCode !== null) throw new Error(`systemd ended: ${printed.stdout()}${printed.stderr()}`);
    // nsenter waits for unshare, which waits for systemd.
    const pid = descendant(child, 2);
    if (pid === undefined) return undefined;
    const booted = { ...space, pid, cgroups: [] };
    const { stdout } = await run(booted, ["systemctl", "is-system-running"]);
    return /^(?:running|degraded)$/m.test(stdout) ? booted : undefined;
  };
  return eventually(`${space.name} has booted`, 60, running);
}

const boot = `
mount -t tmpfs boot /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o lowerdir="$0",upperdir=/mnt/upper,workdir=/mnt/work boot /mnt/root
cd /mnt/root
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t cgroup2 cgroups sys/fs/cgroup
for directory in run tmp; do mount -t tmpfs "$directory" "$directory"; done
mount -t tmpfs -o mode=755 devices dev
${devicesIn("/mnt/root/dev")}
touch dev/console
# Units with PrivateDevices bring it along.
mkdir dev/pts
mount -t devpts -o newinstance,ptmxmode=0666 terminals dev/pts
ln -s pts/ptmx dev/ptmx
# Without a number it would be a first boot, which enables every service again.
echo 00000000000000000000000000000001 >etc/machine-id
# As the runbook has it.
chroot . systemctl disable --quiet keepalived haproxy nginx
pivot_root . mnt
umount --lazy /mnt
exec env --ignore-environment container=lab PATH=${environment["PATH"]} /lib/systemd/systemd --system systemd.unit=multi-user.target`;
