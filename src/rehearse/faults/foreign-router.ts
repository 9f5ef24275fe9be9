import { machineSeconds } from "../../probe/clock.ts";
import type { ForeignRouter, Lab } from "../lab/lab.ts";
import type { RehearsedFault } from "./fault.ts";

/** Another machine on the segment speaks VRRP with the cluster's virtual router ID, for an address of its own. */
export const foreignRouter: RehearsedFault = {
  name: "foreign-router",
  minimumSeconds: 8,
  quietSeconds: 2,
  capSeconds: 25,
  inject: async (lab) => {
    const at = machineSeconds();
    routers.set(lab, await lab.startForeignRouter());
    return at;
  },
  repair: async (lab) => {
    const at = machineSeconds();
    await routers.get(lab)?.stop();
    routers.delete(lab);
    return at;
  },
};

const routers = new WeakMap<Lab, ForeignRouter>();
