import { machineSeconds } from "../../probe/clock.ts";
import type { RehearsedFault } from "./fault.ts";
import { apiServerNode, programOf } from "./targets.ts";

/** An API server dies. */
export const apiServerKilled = signalled("SIGKILL", {
  name: "api-server-killed",
  minimumSeconds: 4,
  quietSeconds: 2.5,
});

/** An API server is told to end: /readyz says so, then it serves on for its shutdown delay and ends in order. */
export const apiServerDrained = signalled("SIGTERM", {
  name: "api-server-drained",
  // The delay, the two seconds that requests in flight have, and some time to notice.
  minimumSeconds: 9,
  quietSeconds: 2.5,
});

/** An API server accepts connections, since the kernel does that, and answers nothing. */
export const apiServerHung: RehearsedFault = {
  name: "api-server-hung",
  minimumSeconds: 7,
  quietSeconds: 3,
  capSeconds: 25,
  inject: async (_lab, context) => {
    const at = machineSeconds();
    programOf(apiServerNode(context), "api-server").signal("SIGSTOP");
    return at;
  },
  repair: async (_lab, context) => {
    const at = machineSeconds();
    programOf(apiServerNode(context), "api-server").signal("SIGCONT");
    return at;
  },
};

function signalled(
  signal: "SIGKILL" | "SIGTERM",
  fault: Pick<RehearsedFault, "name" | "minimumSeconds" | "quietSeconds">,
): RehearsedFault {
  return {
    ...fault,
    capSeconds: 25,
    inject: async (_lab, context) => {
      const at = machineSeconds();
      programOf(apiServerNode(context), "api-server").signal(signal);
      return at;
    },
    repair: async (_lab, context) => {
      const at = machineSeconds();
      await programOf(apiServerNode(context), "api-server").start();
      return at;
    },
  };
}
