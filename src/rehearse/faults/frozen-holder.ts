import type { FaultName } from "../../timing/fault-names.ts";
import { machineSeconds } from "../../probe/clock.ts";
import type { RehearsedFault } from "./fault.ts";

/** Shorter than most configurations wait for an advert. */
export const holderFrozenBriefly = frozen("holder-frozen-briefly", 0.5);

/** As a snapshot of a virtual machine does. */
export const holderFrozen = frozen("holder-frozen", 2);

function frozen(name: FaultName, seconds: number): RehearsedFault {
  return {
    name,
    // It may move away when the holder wakes up, and back some seconds later.
    minimumSeconds: 8,
    quietSeconds: 3,
    capSeconds: 30,
    inject: async (_lab, { holder, sleep }) => {
      const at = machineSeconds();
      holder.freeze(true);
      try {
        await sleep(seconds);
      } finally {
        holder.freeze(false);
      }
      return at;
    },
  };
}
