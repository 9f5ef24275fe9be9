import { machineSeconds } from "../../probe/clock.ts";
import type { FaultContext, RehearsedFault } from "./fault.ts";

/** The holder is off from one moment to the next; the repair switches it on. */
export const holderPowerLoss: RehearsedFault = {
  name: "holder-power-loss",
  minimumSeconds: 6,
  quietSeconds: 3,
  capSeconds: 30,
  inject: async (_lab, { holder }) => {
    const at = machineSeconds();
    await holder.powerOff();
    return at;
  },
  repair: boot,
};

/** The holder is told to reboot: everything is stopped, and 2 s later it is off. */
export const holderReboot: RehearsedFault = {
  name: "holder-reboot",
  minimumSeconds: 6,
  quietSeconds: 3,
  capSeconds: 30,
  inject: async (_lab, { holder, sleep }) => {
    const at = machineSeconds();
    await holder.shutDown();
    await sleep(2);
    await holder.powerOff();
    return at;
  },
  repair: boot,
};

/** Every node is off; a majority comes back, then the rest. */
export const allPowerLoss: RehearsedFault = {
  name: "all-power-loss",
  minimumSeconds: 2,
  quietSeconds: 2,
  // Nobody answers until the repair, so there is nothing to wait for.
  capSeconds: 2,
  inject: async (lab) => {
    const at = machineSeconds();
    await Promise.all(lab.nodes.map((node) => node.powerOff()));
    return at;
  },
  repair: async (_lab, { holder, others, sleep }) => {
    const nodes = [holder, ...others];
    const majority = Math.floor(nodes.length / 2) + 1;
    const at = machineSeconds();
    await Promise.all(nodes.slice(0, majority).map((node) => node.boot()));
    await sleep(Math.max(0, at + 5 - machineSeconds()));
    await Promise.all(nodes.slice(majority).map((node) => node.boot()));
    return at;
  },
};

async function boot(_lab: unknown, { holder }: FaultContext): Promise<number> {
  const at = machineSeconds();
  await holder.boot();
  return at;
}
