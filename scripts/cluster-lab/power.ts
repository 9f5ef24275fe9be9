import type { Network } from "../../src/rehearse/lab/network.ts";
import { mustRun, run } from "../../src/rehearse/lab/space.ts";
import type { ClusterNode } from "./node.ts";
import { supervisorFolder } from "./systemctl.ts";

/** Ends everything on a node from one moment to the next, and forgets what a machine without power forgets. */
export async function cutPower(network: Network, { space }: ClusterNode, virtualIPs: readonly string[]): Promise<void> {
  // First of all, so that no program can say good-bye.
  await network.setLink(space, false);
  // The shell's own parent is one of those, so what it ends with says nothing.
  await run(space, ["sh", "-c", "kill -KILL -1"]);
  await mustRun(space, ["sh", "-ec", forget, "sh", ...virtualIPs]);
}

/** Switches a node on again. */
export async function givePower(network: Network, node: ClusterNode): Promise<void> {
  await network.setLink(node.space, true);
  await node.startPrograms();
}

// Its disks are kept; memory, mounts and added addresses are not. What is below /run/lab is the lab's own.
const forget = `
findmnt -rno TARGET | grep -E '^/(run/containerd|run/netns|var/lib/kubelet)/' | sort -r | while read -r place; do
  umount -l "$place"
done
rm -rf /run/containerd /run/kubeadm-ha /run/keepalived* /run/haproxy* ${supervisorFolder}/services/*.pid ${supervisorFolder}/services/*.supervised
for address; do
  ip -o address show to "$address" | while read -r _ device _ own _; do ip address delete "$own" dev "$device"; done
done
`;
