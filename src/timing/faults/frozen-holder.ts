import { nothing, silenceCause } from "../cause.ts";
import { afterPing, handover, noticing } from "../client.ts";
import type { ClusterTiming } from "../cluster-timing.ts";
import type { FaultName } from "../fault-names.ts";
import type { Fault, Prediction } from "../fault.ts";
import { exactly, span, sum } from "../span.ts";
import { silence } from "../takeover.ts";

export const holderFrozenBriefly = frozen("holder-frozen-briefly", 0.5);
export const holderFrozen = frozen("holder-frozen", 2);

function frozen(name: FaultName, seconds: number): Fault {
  return {
    name,
    title: `holder frozen ${seconds} s`,
    summary: `Every process of the node with the virtual IP stands still for ${seconds} s, as in a snapshot of a virtual machine; unlike there its kernel still answers. There is nothing to repair.`,
    figure: "blackout",
    predict: ({ agent }) => predictFreeze(agent, seconds),
  };
}

function predictFreeze(agent: ClusterTiming["agent"], seconds: number): Prediction {
  const taken = silence(agent);
  const thawed = span(seconds, seconds + 0.04, seconds + 0.2);
  if (taken.best >= seconds)
    return {
      newConnections: thawed,
      established: span(seconds, seconds + 0.1, seconds + 1),
      ...nothing(`the freeze: the virtual IP stays, since others wait for ${taken.best.toFixed(2)} s at least`),
      notes: [],
    };
  const moves = sum(taken, noticing);
  return {
    newConnections: {
      best: Math.min(moves.best, seconds),
      typical: Math.min(moves.typical, thawed.typical),
      worst: Math.max(Math.min(moves.worst, thawed.worst), handover.worst),
    },
    established: span(Math.min(taken.best, seconds), seconds + 0.1, afterPing(exactly(seconds)).worst),
    ...silenceCause(agent),
    shorten: undefined,
    notes: [
      "The virtual IP moves, and may move back when the old holder wakes up.",
      ...(agent.kind === "vrrp" && agent.garpRefresh === undefined
        ? [
            "No vrrp_garp_master_refresh: clients may keep to the node that lost the virtual IP until their ARP entry ages, half a minute.",
          ]
        : []),
    ],
  };
}
