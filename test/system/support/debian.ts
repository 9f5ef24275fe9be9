import { devicesIn } from "../../../src/rehearse/lab/furnish.ts";
import { mustRun, run, type Result, type Space } from "../lab/space.ts";
import { debian13 } from "./programs.ts";

export const debianReleases = ["Debian 12", "Debian 13"] as const;
export type DebianRelease = (typeof debianReleases)[number];

/** Unpacks nothing and changes nothing: a layer over the cached Debian 13, with the node's files at their real paths. */
export async function mountDebian13(space: Space): Promise<void> {
  await mustRun(space, ["sh", "-ec", mount, debian13()]);
}

const mount = `
mount -t tmpfs debian13 /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o lowerdir="$0",upperdir=/mnt/upper,workdir=/mnt/work debian13 /mnt/root
mount -t tmpfs -o mode=755 devices /mnt/root/dev
${devicesIn("/mnt/root/dev")}
mount --bind /proc /mnt/root/proc
mount --bind /run /mnt/root/run
for directory in kubeadm-ha kubernetes; do cp -a "/etc/$directory" /mnt/root/etc/; done`;

/** Runs a release's own program in the node; Debian 12's are this machine's. */
export function runOn(space: Space, release: DebianRelease, argv: readonly string[]): Promise<Result> {
  return run(space, release === "Debian 13" ? ["chroot", "/mnt/root", ...argv] : argv);
}
