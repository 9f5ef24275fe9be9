import { announcementCause, nothing, silenceCause } from "../cause.ts";
import { handover, noticing, reopened } from "../client.ts";
import type { ClusterTiming } from "../cluster-timing.ts";
import type { Fault, Span } from "../fault.ts";
import { either, exactly, longest, span, sum } from "../span.ts";
import { announcement, silence } from "../takeover.ts";
import { movedAway } from "./balancer.ts";

export const keepalivedStopped: Fault = {
  name: "keepalived-stopped",
  title: "keepalived stopped",
  summary:
    "keepalived (or kube-vip) on the node with the virtual IP is told to end, and says good-bye. The repair starts it again.",
  figure: "blackout",
  predict: (cluster) => {
    const gone = announcement(cluster.agent);
    return {
      newConnections: sum(gone, noticing),
      established: movedAway(cluster, gone),
      ...announcementCause(cluster.agent),
      notes: cluster.balancer?.transparent === false ? [hanging] : [],
    };
  },
};

export const keepalivedKilled: Fault = {
  name: "keepalived-killed",
  title: "keepalived killed",
  summary:
    "keepalived (or kube-vip) on the node with the virtual IP dies without a word and leaves the address. The repair starts it again.",
  figure: "blackout",
  predict: ({ agent }) => ({
    newConnections: sum(handover, rivalry(agent)),
    established: span(0, 0, 1.5),
    ...nothing("the dead holder's address, which goes on serving until another node announces itself"),
    notes: [`Two nodes have the virtual IP from ${about(silence(agent))} on, until it is started again.`],
  }),
};

export const keepalivedRestarted: Fault = {
  name: "keepalived-restarted",
  title: "keepalived killed, restarted after 1 s",
  summary:
    "keepalived (or kube-vip) on the node with the virtual IP dies, and its supervisor starts it again after 1 s. There is nothing to repair.",
  figure: "blackout",
  predict: (cluster) => {
    const { agent } = cluster;
    if (agent.kind === "lease")
      return {
        newConnections: span(0.05, 0.5, 2.2 * agent.retry.value),
        established: reopened,
        ...announcementCause(agent),
        notes: [],
      };
    const gap = afterRestart(silence(agent));
    return {
      newConnections: either(longest(gap, handover), span(0, 0, handover.worst)),
      // Who takes over before that resets what clients send.
      established: gap.worst > 0 ? either(movedAway(cluster, gap), reopened) : reopened,
      ...(gap.typical > handover.typical
        ? silenceCause(agent)
        : nothing("the dead holder's address, which goes on serving until another node announces itself")),
      notes: gap.worst > 0 ? [removed] : [],
    };
  },
};

// It takes the address off its interface when it starts, and waits for a holder like everybody else.
function afterRestart(taken: Span): Span {
  const start = span(1.02, 1.1, 1.4);
  return span(
    Math.max(0, taken.best - start.worst),
    Math.max(0, taken.typical - start.typical),
    Math.max(0, taken.worst - start.best),
  );
}

function rivalry(agent: ClusterTiming["agent"]): Span {
  if (agent.kind === "lease") return exactly(0);
  const said = announcement(agent);
  // What the announcement of two backups takes longer than that of one.
  const skew = agent.routers[1]?.skew ?? 0;
  return span(0, Math.max(0, said.typical - skew), Math.max(0, said.worst - skew));
}

function about({ best, worst }: Span): string {
  return `${best.toFixed(1)}–${worst.toFixed(1)} s`;
}

const hanging =
  "The old balancer cannot answer from an address that has moved away (bind … transparent could), so established connections hang until the client's own ping.";

const removed =
  "A keepalived that starts takes the virtual IP off its interface first: until another node takes over, nobody has it.";
