import type { FaultName } from "../../timing/fault-names.ts";
import { machineSeconds } from "../../probe/clock.ts";
import type { HealthState, Lab } from "../lab/lab.ts";
import type { RehearsedFault } from "./fault.ts";
import { apiServerNode } from "./targets.ts";

/** One API server is not ready, and serves as ever. */
export const readyFailing: RehearsedFault = {
  name: "ready-failing",
  minimumSeconds: 5,
  quietSeconds: 2,
  capSeconds: 20,
  inject: async (lab, context) => {
    const at = machineSeconds();
    lab.setHealth(apiServerNode(context).name, "not-ready");
    return at;
  },
  repair: async (lab, context) => {
    const at = machineSeconds();
    lab.setHealth(apiServerNode(context).name, "good");
    return at;
  },
};

/** etcd elects a leader for 2 s: every API server says that it has none. */
export const etcdElectionFailing = election("etcd-election-failing", "no-etcd");

/** The same, but the question hangs until the election is over. */
export const etcdElectionSilent = election("etcd-election-silent", "etcd-silent");

function election(name: FaultName, state: HealthState): RehearsedFault {
  return {
    name,
    minimumSeconds: 6,
    quietSeconds: 2,
    capSeconds: 25,
    inject: async (lab, { sleep }) => {
      const at = machineSeconds();
      setAll(lab, state);
      try {
        await sleep(2);
      } finally {
        setAll(lab, "good");
      }
      return at;
    },
  };
}

function setAll(lab: Lab, state: HealthState): void {
  for (const { name, programs } of lab.nodes) {
    if (programs["api-server"] !== undefined) lab.setHealth(name, state);
  }
}
