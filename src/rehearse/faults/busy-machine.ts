import { availableParallelism } from "node:os";

import { machineSeconds } from "../../probe/clock.ts";
import type { RehearsedFault } from "./fault.ts";

/** Three busy loops for every core of the machine, which all nodes and the client share. */
export const busyMachine: RehearsedFault = {
  name: "busy-machine",
  minimumSeconds: 0,
  quietSeconds: 2,
  capSeconds: 25,
  inject: async ({ client }, { durations, sleep }) => {
    const at = machineSeconds();
    // They end by themselves and with the lab, whatever becomes of this process.
    const loop = ["timeout", String(durations["busy-machine"]), "sh", "-c", "while :; do :; done"];
    for (let count = 0; count < 3 * availableParallelism(); count++) client.start(loop);
    await sleep(durations["busy-machine"]);
    return at;
  },
};
