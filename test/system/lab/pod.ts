import { podCommand } from "../../../src/rehearse/lab/pod.ts";
import { collect, descendant, signal } from "./process.ts";
import { type Space, start } from "./space.ts";
import { eventually } from "./wait.ts";

/** The one container of a static pod, running in a node. */
export interface Pod {
  readonly name: string;
  /** What it printed. */
  log(): string;
  running(): boolean;
  /** Its first process, as this machine sees it. */
  pid(): number | undefined;
  /** Sends a signal to its first process. */
  kill(signal: NodeJS.Signals): void;
}

/** Starts a static pod's container as the kubelet and a runtime would; the image is this machine. */
export async function startPod(node: Space, manifest: string): Promise<Pod> {
  const { name, argv } = podCommand(manifest);
  const child = start(node, argv);
  const { stdout, stderr } = collect(child);
  const log = (): string => stdout() + stderr();
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  await eventually(`${name} on ${node.name} starts`, 5, () => {
    if (!running()) throw new Error(`${name} on ${node.name} ended at once: ${log()}`);
    return descendant(child, depth);
  });
  return { name, log, running, pid: () => descendant(child, depth), kill: (wanted) => signal(child, depth, wanted) };
}

// nsenter waits for unshare, which waits for the container's first process.
const depth = 2;
