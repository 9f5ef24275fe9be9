import type { FaultName } from "../../timing/fault-names.ts";
import { machineSeconds } from "../../probe/clock.ts";
import type { CableState, LabNode } from "../lab/lab.ts";
import type { FaultContext, RehearsedFault } from "./fault.ts";
import { nextPeer, withoutPeer } from "./targets.ts";

/** The holder's cable is pulled, which its kernel sees. */
export const holderCut = cut("holder-cut", "no-carrier", ({ holder }) => holder);

/** No frame passes the holder's cable any more; its carrier stays, so only others can notice. */
export const holderCutSilently = cut("holder-cut-silently", "silent", ({ holder }) => holder);

/** The cable of a node without the virtual IP is pulled. */
export const otherNodeCut = cut("other-node-cut", "no-carrier", nextPeer);

function cut(name: FaultName, state: CableState, nodeOf: (context: FaultContext) => LabNode): RehearsedFault {
  return {
    name,
    minimumSeconds: 6,
    // A request that was on its way to the node fails after 5 s.
    quietSeconds: 3,
    capSeconds: 30,
    skip: withoutPeer,
    inject: async ({ network }, context) => {
      const at = machineSeconds();
      await network.setCable(nodeOf(context).name, state);
      return at;
    },
    repair: async ({ network }, context) => {
      const at = machineSeconds();
      await network.setCable(nodeOf(context).name, "up");
      return at;
    },
  };
}
