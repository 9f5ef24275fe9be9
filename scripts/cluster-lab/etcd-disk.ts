import { execFileSync } from "node:child_process";
import path from "node:path";

import type { Cluster } from "./cluster.ts";
import { type ClusterNode, mustShell } from "./node.ts";
import { supervisorFolder } from "./systemctl.ts";

/** Gives etcd of a node a disk of its own, a file of this machine's, and returns its number, "7:0" or the like. */
export async function giveEtcdDisk(node: ClusterNode, directory: string): Promise<string> {
  const file = path.join(directory, `${node.name}.disk`);
  print("truncate", "--size=1G", file);
  print("mkfs.ext4", "-q", file);
  const device = print("losetup", "--find", "--show", file);
  try {
    const minor = /\d+$/.exec(device)?.[0] ?? "";
    const place = `${supervisorFolder}/etcd-disk`;
    // lost+found would be something that kubeadm did not expect.
    await mustShell(
      node,
      `set -e
mknod ${place} b ${loopMajor} ${minor}
mount -t ext4 ${place} /var/lib/etcd
rmdir /var/lib/etcd/lost+found`,
    );
    return `${loopMajor}:${minor}`;
  } finally {
    // The kernel does so when the node's mount is gone, however this process ends.
    print("losetup", "--detach", device);
  }
}

/**
 * From now on etcd of a node writes no more often than this a second, as long as it runs; undefined lets it write as
 * often as it can.
 */
export async function limitEtcdWrites(
  { etcdDisks }: Cluster,
  node: ClusterNode,
  perSecond: number | undefined,
): Promise<void> {
  const disk = etcdDisks.get(node.name);
  if (disk === undefined) throw new Error(`${node.name} has no disk for etcd`);
  await mustShell(
    node,
    `pid=$(pgrep -x etcd) || exit 0
group=$(sed -n 's/^[0-9]*:[^:]*blkio[^:]*://p' "/proc/$pid/cgroup")
echo "${disk} ${perSecond ?? 0}" >"/sys/fs/cgroup/blkio$group/blkio.throttle.write_iops_device"`,
  );
}

// https://www.kernel.org/doc/Documentation/admin-guide/devices.txt
const loopMajor = 7;

function print(program: string, ...words: readonly string[]): string {
  return execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
}
