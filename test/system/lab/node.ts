import { connectToNothing, type Network, type Port } from "./network.ts";
import { type Pod, startPod } from "./pod.ts";
import { createSpace, mustRun, type Space, write } from "./space.ts";

/** A file as a node has it. */
export interface NodeFile {
  /** Absolute path on the node. */
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

export interface NodeOptions {
  readonly name: string;
  readonly port: Port;
  readonly files: readonly NodeFile[];
}

/** A control-plane node with its files in place. */
export interface Node {
  readonly name: string;
  readonly space: Space;
  readonly files: readonly NodeFile[];
  /** Starts a static pod of those in /etc/kubernetes/manifests, in the place of the kubelet. */
  startPod(name: string): Promise<Pod>;
  /** Whether this node has an address now. */
  has(address: string): Promise<boolean>;
  /** Hands the virtual IP over, or makes the node a candidate again, as the runbook says. */
  drain(on: boolean): Promise<void>;
  stop(): Promise<void>;
}

const manifests = "/etc/kubernetes/manifests";

/** A machine on the network (or with a cable to nothing) with the files that `render` made for it. */
export async function startNode({ name, port, files }: NodeOptions, network?: Network): Promise<Node> {
  const space = await createSpace(name);
  await (network === undefined ? connectToNothing(space, port) : network.connect(space, port));
  for (const file of files) write(space, file);
  return {
    name,
    space,
    files,
    startPod: async (pod) => {
      const manifest = files.find((file) => file.path === `${manifests}/${pod}.yaml`);
      if (manifest === undefined) throw new Error(`${name} has no static pod ${pod}`);
      return startPod(space, manifest.text);
    },
    has: async (address) => (await mustRun(space, ["ip", "-oneline", "addr", "show", "to", address])) !== "",
    drain: async (on) => {
      await mustRun(space, ["sh", "-c", on ? "echo 1 > /run/kubeadm-ha/drain" : "rm -f /run/kubeadm-ha/drain"]);
    },
    stop: () => space.stop(),
  };
}
