import { machineSeconds } from "../../probe/clock.ts";
import type { RehearsedFault } from "./fault.ts";
import { killed, restarted } from "./killed-program.ts";
import { programOf } from "./targets.ts";

// Clients notice nothing until another node takes over: 3 adverts of 3 s are among what people run.
const observation = { minimumSeconds: 11, quietSeconds: 2, capSeconds: 25, program: "keepalived" } as const;

/** keepalived of the holder dies without a word and stays away: its node keeps the virtual IP. */
export const keepalivedKilled = killed({ ...observation, name: "keepalived-killed" });

/** The same, but it is back after 1 s. */
export const keepalivedRestarted = restarted({ ...observation, minimumSeconds: 10, name: "keepalived-restarted" });

/** keepalived of the holder is told to end, and says so to the others. */
export const keepalivedStopped: RehearsedFault = {
  name: "keepalived-stopped",
  minimumSeconds: 3,
  quietSeconds: 2,
  capSeconds: 25,
  inject: async (_lab, { holder }) => {
    const at = machineSeconds();
    programOf(holder, "keepalived").signal("SIGTERM");
    return at;
  },
  repair: async (_lab, { holder }) => {
    const at = machineSeconds();
    await programOf(holder, "keepalived").start();
    return at;
  },
};
