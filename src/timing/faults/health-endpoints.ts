import type { HealthTiming } from "../balancer-timing.ts";
import { type Cause, checkCause, healthCause, nothing } from "../cause.ts";
import { reopened, unharmed, untouched } from "../client.ts";
import type { ClusterTiming } from "../cluster-timing.ts";
import { detection, type Failure, recovery } from "../detection.ts";
import type { FaultName } from "../fault-names.ts";
import type { Fault, Prediction, Span } from "../fault.ts";
import { exactly, span, sum } from "../span.ts";
import { firstElection } from "../takeover.ts";
import type { CheckTiming } from "../check-timing.ts";

/** Seconds that an election of etcd lasts, in rehearsals. */
const electionSeconds = 2;

export const readyFailing: Fault = {
  name: "ready-failing",
  title: "/readyz fails on one",
  summary: "One API server answers /readyz with 500 and serves as ever. The repair makes it ready again.",
  figure: "last-failure",
  predict: ({ balancer }) => {
    const cut = detection(balancer?.cutting, "not-ready");
    const cuts = Number.isFinite(cut.worst);
    return {
      newConnections: cuts ? span(0, 0, cut.worst) : unharmed,
      established: cuts ? reopened : untouched,
      ...(cuts && balancer?.cutting !== undefined
        ? healthCause(balancer.cutting)
        : nothing("nothing: it still serves, so nobody has to be cut")),
      shorten: undefined,
      notes: Number.isFinite(detection(balancer?.steering, "not-ready").worst)
        ? []
        : ["Nobody asks /readyz: new connections go on to an API server that is not ready, or is about to end."],
    };
  },
};

export const etcdElectionFailing = election({
  name: "etcd-election-failing",
  title: "etcd election, health endpoints fail",
  what: "answers /readyz, /livez and /healthz with 500",
  failure: "no-etcd",
});

export const etcdElectionSilent = election({
  name: "etcd-election-silent",
  title: "etcd election, health endpoints silent",
  what: "leaves /readyz, /livez and /healthz unanswered",
  failure: "etcd-silent",
});

interface Election {
  readonly name: FaultName;
  readonly title: string;
  readonly what: string;
  readonly failure: Failure;
}

function election({ name, title, what, failure }: Election): Fault {
  return {
    name,
    title,
    summary: `Every API server ${what} for ${electionSeconds} s and serves everything else, as in an election of etcd. There is nothing to repair.`,
    figure: "last-failure",
    predict: (cluster) => predictElection(cluster, failure),
  };
}

function predictElection({ agent, balancer }: ClusterTiming, failure: Failure): Prediction {
  const cutting = balancer?.cutting;
  const streams = cutting !== undefined && within(detection(cutting, failure)) ? reopened : untouched;
  if (agent.kind === "lease" && agent.renew.value <= electionSeconds)
    return {
      newConnections: span(0, electionSeconds, electionSeconds + agent.duration.value),
      established: streams,
      dominatedBy: "vip_renewdeadline, which an election outlasts: the virtual IP is given up everywhere",
      shorten: "a longer vip_renewdeadline",
      notes: [],
    };
  const check =
    agent.kind === "vrrp"
      ? agent.checks.find((candidate) => gives(candidate, { failure, balanced: balancer !== undefined }))
      : undefined;
  if (check !== undefined && agent.kind === "vrrp")
    return lostEverywhere(
      checkCause(check),
      sum(firstElection(agent), exactly(check.rise.value * check.interval.value)),
    );
  const steering = balancer?.steering;
  if (steering !== undefined && !balancer?.fallsBack && within(detection(steering, failure)))
    return { ...lostEverywhere(healthCause(steering), noneReady(steering)), established: reopened };
  return {
    newConnections: unharmed,
    established: streams,
    ...nothing(
      streams === untouched
        ? "nothing: no check takes a short election for the death of an API server"
        : "the checks that cut connections, which fail on every API server at once",
    ),
    notes:
      agent.kind === "lease"
        ? [
            `etcd away for longer than vip_renewdeadline (${agent.renew.value} s): ${agent.preserves ? "IPv4 addresses stay where they are." : "no node has the virtual IP until it is back."}`,
          ]
        : [],
  };
}

function within({ best }: Span): boolean {
  return best < electionSeconds;
}

// Whether keepalived gives up for it.
function gives(
  { asks, includesEtcd, effect, fall, interval, limitSeconds }: CheckTiming,
  { failure, balanced }: { readonly failure: Failure; readonly balanced: boolean },
): boolean {
  const isAsked = asks === "api-server" || (asks === "api-through-balancer" && balanced);
  const lasts = failure === "etcd-silent" ? (limitSeconds ?? interval.value) : 0;
  return (
    isAsked && includesEtcd && effect === "fault" && (fall.value - 1) * interval.value + lasts < electionSeconds - 0.05
  );
}

function lostEverywhere(cause: Cause, after: Span): Prediction {
  return {
    newConnections: span(0, electionSeconds + after.typical, electionSeconds + after.worst),
    established: span(0, electionSeconds + after.typical, electionSeconds + after.worst + 5),
    ...cause,
    shorten: "a check of /livez?exclude=etcd",
    notes: ["An election of etcd fails this check on every node at once."],
  };
}

function noneReady(health: HealthTiming): Span {
  return recovery(health);
}
