import type { BalancerTiming } from "../balancer-timing.ts";
import { silenceCause } from "../cause.ts";
import { noticing } from "../client.ts";
import { recovery } from "../detection.ts";
import type { Fault, Span } from "../fault.ts";
import { longest, span, sum } from "../span.ts";
import { firstElection } from "../takeover.ts";

export const allStart: Fault = {
  name: "all-start",
  title: "everything starts at once",
  summary:
    "Everything is stopped and the virtual IP is nowhere; then every program of every node starts at once. There is nothing to repair.",
  figure: "first-success",
  predict: ({ agent, balancer }) => {
    const first =
      agent.kind === "vrrp"
        ? sum(starting, firstElection(agent), noticing)
        : // The lease may still be in the name of a node that does not come back.
          span(0.5, 1 + agent.retry.value, 1 + agent.duration.value + 2.2 * agent.retry.value);
    return {
      newConnections: longest(first, members(balancer)),
      established: longest(first, members(balancer)),
      ...silenceCause(agent),
      notes: ["For API servers that answer within a second, as in rehearsals; real ones wait for etcd first."],
    };
  },
};

// From the common start until the programs are at work.
const starting = span(0.05, 0.4, 1);

// A balancer that was there first has taken API servers that were not for dead.
function members(balancer: BalancerTiming | undefined): Span {
  if (balancer?.steering === undefined) return starting;
  return { ...starting, worst: sum(starting, recovery(balancer.steering)).worst };
}
