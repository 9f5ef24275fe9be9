import { machineSeconds } from "../../probe/clock.ts";
import type { Lab } from "../lab/lab.ts";
import type { FaultContext, RehearsedFault } from "./fault.ts";
import { nextPeer, withoutPeer } from "./targets.ts";

// Whoever stops hearing adverts needs up to 10 s to take over; clients notice that only.
const observation = { minimumSeconds: 11, quietSeconds: 3, capSeconds: 30, skip: withoutPeer } as const;

/** Frames from the holder to the next node are lost; the way back works. */
export const peersCutOneWay: RehearsedFault = {
  ...observation,
  name: "peers-cut-one-way",
  inject: (lab, context) => set(lab, context, { open: false, directions: 1 }),
  repair: (lab, context) => set(lab, context, { open: true, directions: 1 }),
};

/** The holder and the next node do not reach each other; everybody else reaches both. */
export const peersCut: RehearsedFault = {
  ...observation,
  name: "peers-cut",
  inject: (lab, context) => set(lab, context, { open: false, directions: 2 }),
  repair: (lab, context) => set(lab, context, { open: true, directions: 2 }),
};

async function set(
  { network }: Lab,
  context: FaultContext,
  { open, directions }: { readonly open: boolean; readonly directions: 1 | 2 },
): Promise<number> {
  const [from, to] = [context.holder.name, nextPeer(context).name];
  const at = machineSeconds();
  await Promise.all([network.setPath(from, to, open), ...(directions === 2 ? [network.setPath(to, from, open)] : [])]);
  return at;
}
