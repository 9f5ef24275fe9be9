import type { FaultName } from "../../timing/fault-names.ts";
import { machineSeconds } from "../../probe/clock.ts";
import type { ProgramName } from "../lab/lab.ts";
import type { RehearsedFault } from "./fault.ts";
import { programOf } from "./targets.ts";
import { until } from "./wait.ts";

/** What two faults that kill a program of the holder differ in. */
export interface KilledProgram extends Pick<RehearsedFault, "minimumSeconds" | "quietSeconds" | "capSeconds" | "skip"> {
  readonly name: FaultName;
  readonly program: ProgramName;
}

/** SIGKILL; started again only at the repair. */
export function killed({ program, ...fault }: KilledProgram): RehearsedFault {
  return {
    ...fault,
    inject: async (_lab, { holder }) => {
      const at = machineSeconds();
      programOf(holder, program).signal("SIGKILL");
      return at;
    },
    repair: async (_lab, { holder }) => {
      const at = machineSeconds();
      await programOf(holder, program).start();
      return at;
    },
  };
}

/** SIGKILL, and a supervisor that starts it again after 1 s, as the kubelet and systemd do. */
export function restarted({ program, ...fault }: KilledProgram): RehearsedFault {
  return {
    ...fault,
    inject: async (lab, context) => {
      const target = programOf(context.holder, program);
      target.superviseAfter(1);
      const at = machineSeconds();
      target.signal("SIGKILL");
      try {
        await context.sleep(1);
        await until({ what: `${program} runs again`, limitSeconds: 10, holds: () => target.running() }, lab, context);
      } finally {
        target.superviseAfter(undefined);
      }
      return at;
    },
  };
}
