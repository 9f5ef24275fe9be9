import { machineSeconds } from "../../probe/clock.ts";
import type { RehearsedFault } from "./fault.ts";

/** Nothing happens, and nothing is sent on one stream: does anybody end it? */
export const idleStream: RehearsedFault = {
  name: "idle-stream",
  needsIdleStream: true,
  minimumSeconds: 0,
  quietSeconds: 0,
  capSeconds: 5,
  inject: async (_lab, { durations, sleep }) => {
    const at = machineSeconds();
    await sleep(durations["idle-stream"]);
    return at;
  },
};
