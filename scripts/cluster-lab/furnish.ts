import { existsSync } from "node:fs";

import { furnish } from "../../src/rehearse/lab/furnish.ts";
import { shellWord } from "../../src/render/text.ts";
import { bootCloudInit, cloudInitFolder, cloudInitRoot } from "./cloud-init.ts";
import { crictl } from "./crictl.ts";
import { nodeProgram } from "./laptop.ts";
import { oracles } from "./programs.ts";
import { kubeletUnit, supervise, superviseServices } from "./services.ts";
import { supervisorFolder, systemctl } from "./systemctl.ts";

export interface Furniture {
  /** Programs by the name they have on the node, as files of scripts/oracles. */
  readonly programs: Readonly<Record<string, string>>;
  /** A containerd root with all images, which nobody writes to. */
  readonly store: string;
  /** Daemons that the administrator has installed from the distribution. */
  readonly installed: readonly string[];
  /** Whether kubeadm needs crictl. */
  readonly withCrictl: boolean;
  /** Files and directories of this machine and where the node has them, read only. */
  readonly binds: Readonly<Record<string, string>>;
}

/** Makes a space a machine on which containerd, kubelet and kubeadm work; all they write is in memory. */
export function furnishNode({ programs, store, installed, withCrictl, binds }: Furniture): string {
  // Whoever delivers in another way can do without it.
  const cloudInit = existsSync(cloudInitRoot) ? { [cloudInitRoot]: cloudInitFolder } : {};
  const all = {
    [oracles]: `${supervisorFolder}/programs`,
    [store]: `${supervisorFolder}/store`,
    ...cloudInit,
    ...binds,
  };
  return [
    // Before their places are covered.
    hierarchies,
    ...Object.entries(all).map(([from, to]) => bind(from, to)),
    furnish,
    "mkdir -p /usr/local/bin",
    ...Object.entries(programs).map(
      ([name, file]) => `ln -sf ${supervisorFolder}/programs/${shellWord(file)} /usr/local/bin/${shellWord(name)}`,
    ),
    script("/usr/local/bin/kubeadm-ha", nodeProgram),
    script("/usr/bin/systemctl", systemctl),
    script("/usr/local/bin/boot-cloud-init", bootCloudInit),
    "mkdir -p /run/systemd/system /usr/lib/systemd/system",
    script("/usr/lib/systemd/system/kubelet.service", kubeletUnit),
    `mkdir -p ${supervisorFolder}/services`,
    script(`${supervisorFolder}/supervise-services`, superviseServices),
    script(`${supervisorFolder}/supervise`, supervise),
    mounts,
    images,
    freshServer(installed),
    ...(withCrictl ? [script("/usr/local/bin/crictl", crictl)] : []),
  ].join("\n");
}

function bind(from: string, to: string): string {
  const [source, target] = [shellWord(from), shellWord(to)];
  return `if [ -d ${source} ]; then mkdir -p ${target}; else mkdir -p "$(dirname ${target})"; : >${target}; fi
mount --bind ${source} ${target}
mount -o remount,bind,ro ${target}`;
}

function script(path: string, text: string): string {
  return `rm -f ${path}\ncat >${path} <<'END-OF-SCRIPT'\n${text}END-OF-SCRIPT\nchmod 755 ${path}`;
}

// The kinds of control groups that this machine has, as mount options.
const hierarchies = String.raw`
hierarchies=$(while read -r _ place type options _; do
  case $type in
    cgroup) echo "$place $(echo "$options" | tr , '\n' | grep -Exv 'r[wo]|no.*|relatime|xattr|clone_children|release_agent=.*' | tr '\n' , | sed 's/,$//; s/^name=/none,&/')" ;;
    cgroup2) echo "$place 2" ;;
  esac
done </proc/self/mounts)
`;

// Containers are mounts that have to be seen by everybody on the node. The kubelet sets a few values of the
// kernel's, which are this machine's: it sets files instead. kmsg is where it looks for killed processes.
const mounts = String.raw`
mount --make-rshared /
mount -t tmpfs -o mode=755 cgroups /sys/fs/cgroup
echo "$hierarchies" | while read -r place options; do
  mkdir -p "$place"
  if [ "$options" = 2 ]; then mount -t cgroup2 cgroup2 "$place"; else mount -t cgroup -o "$options" cgroup "$place"; fi
done
for setting in vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys kernel/keys/root_maxbytes; do
  mkdir -p "/run/lab/sys/$(dirname "$setting")"
  cat "/proc/sys/$setting" >"/run/lab/sys/$setting"
  mount --bind "/run/lab/sys/$setting" "/proc/sys/$setting"
done
mknod /dev/kmsg c 1 11
mknod /dev/ptmx c 5 2
mkdir /dev/pts /dev/mqueue
mount -t devpts -o newinstance,ptmxmode=0666 devpts /dev/pts
mount -t mqueue mqueue /dev/mqueue
for directory in /var/lib/kubelet /var/lib/etcd /var/lib/containerd /var/log /opt; do
  mkdir -p "$directory"
  mount -t tmpfs -o mode=755 own "$directory"
done
for setting in ipv4/ip_forward ipv6/conf/all/forwarding; do
  if [ -e "/proc/sys/net/$setting" ]; then echo 1 >"/proc/sys/net/$setting"; fi
done
`;

// The layers and blobs of the images are nobody's to change, so that nodes share them; the data bases are copied.
const images = `
cd ${supervisorFolder}/store
for file in io.containerd.*/*.db; do
  mkdir -p "/var/lib/containerd/\${file%/*}"
  cp "$file" "/var/lib/containerd/$file"
done
for directory in io.containerd.content.v1.content/blobs io.containerd.snapshotter.v1.overlayfs/snapshots/*; do
  mkdir -p "/var/lib/containerd/$directory"
  mount --bind "$directory" "/var/lib/containerd/$directory"
done
cd /
`;

// What this machine has installed is no part of a fresh server.
function freshServer(installed: readonly string[]): string {
  const absent = ["keepalived", "haproxy", "nginx", "crictl"].filter((name) => !installed.includes(name));
  return `
for directory in kubernetes kubeadm-ha haproxy keepalived nginx cni; do rm -rf "/etc/$directory"; done
for program in ${absent.join(" ")}; do
  rm -f "/usr/local/sbin/$program" "/usr/local/bin/$program" "/usr/sbin/$program" "/usr/bin/$program"
done
mkdir -p /etc/default
echo 'KUBELET_EXTRA_ARGS=--cgroup-driver=cgroupfs' >/etc/default/kubelet
`;
}
