import { setTimeout as sleep } from "node:timers/promises";

import { run } from "../../../src/rehearse/lab/space.ts";
import type { ClusterNode } from "../node.ts";

/** Sends a signal to every process of a program on a node, in containers too; it has to run. */
export async function signal({ name, space }: ClusterNode, program: string, word: string): Promise<void> {
  const { status } = await run(space, ["pkill", `-${word}`, "-x", program]);
  if (status !== 0) throw new Error(`${name} runs no ${program}`);
}

/** Kills a program as soon as it comes back, so that the kubelet waits longer each time, until it is told to end. */
export async function killAgainAndAgain(node: ClusterNode, program: string, ended: () => boolean): Promise<void> {
  while (!ended()) {
    await run(node.space, ["pkill", "-KILL", "-x", program]);
    await sleep(250);
  }
}
