import { afterAbsence, afterLostAttempt, afterPing, noticing, reopened, unharmed, untouched } from "../client.ts";
import { type Cause, checkCause, nothing } from "../cause.ts";
import type { CheckTiming } from "../check-timing.ts";
import type { ClusterTiming } from "../cluster-timing.ts";
import type { Fault, Prediction, Span } from "../fault.ts";
import { longest, shortest, span, sum, untilRepair, waiting } from "../span.ts";
import { afterFailure, announcement, checkFailure } from "../takeover.ts";
import type { VrrpTiming } from "../vrrp-timing.ts";

export const balancerKilled: Fault = {
  name: "balancer-killed",
  title: "balancer killed",
  summary: "The balancer on the node with the virtual IP dies and stays away. The repair starts it again.",
  figure: "blackout",
  predict: (cluster) => predictKill(cluster, untilRepair),
};

export const balancerRestarted: Fault = {
  name: "balancer-restarted",
  title: "balancer killed, restarted after 1 s",
  summary:
    "The balancer on the node with the virtual IP dies, and its supervisor starts it again after 1 s. There is nothing to repair.",
  figure: "blackout",
  // A start lasts as long as a busy machine lets it.
  predict: (cluster) => predictKill(cluster, span(1, 1.1, 1.6)),
};

function predictKill(cluster: ClusterTiming, back: Span): Prediction {
  if (cluster.balancer === undefined) return withoutBalancer;
  const { moved, gone, cause, notes } = escape(cluster.agent);
  const first = shortest(moved, back);
  const outage = sum(first, noticing);
  const isFree = moved.typical <= back.typical;
  return {
    newConnections: outage,
    // The kernel resets what the dead process had, so clients come back as soon as they can.
    established: isFree ? afterLostAttempt(sum(without(first, gone), noticing), gone) : sum(outage, reopened),
    ...(moved.typical > back.typical ? nothing("the supervisor, which starts it again after 1 s") : cause),
    notes,
  };
}

const withoutBalancer: Prediction = {
  newConnections: unharmed,
  established: untouched,
  ...nothing("no balancer stands between clients and the API servers"),
  notes: [],
};

function without(whole: Span, part: Span): Span {
  return span(
    Math.max(0, whole.best - part.best),
    Math.max(0, whole.typical - part.typical),
    Math.max(0, whole.worst - part.worst),
  );
}

interface Escape {
  /** Until another node's balancer answers. */
  readonly moved: Span;
  /** How long of that nobody has the virtual IP. */
  readonly gone: Span;
  readonly cause: Cause;
  readonly notes: readonly string[];
}

function escape(agent: ClusterTiming["agent"]): Escape {
  if (agent.kind === "lease")
    return {
      moved: untilRepair,
      gone: untouched,
      cause: {
        dominatedBy: "kube-vip, which asks nobody whether the balancer works",
        shorten: "keepalived as the provider of the virtual IP",
      },
      notes: ["Not protected: the virtual IP stays where no balancer answers, until the kubelet has started it again."],
    };
  const check = agent.checks.find(({ asks, effect }) => asks !== "api-server" && effect !== "none");
  if (check === undefined) return unwatched(agent);
  if (check.restarts) return restartedByCheck(check, agent);
  return {
    moved: sum(checkFailure(check, "refused"), afterFailure(check, agent)),
    gone: check.effect === "fault" ? afterFailure(check, agent) : untouched,
    cause: checkCause(check),
    notes:
      check.asks === "other"
        ? [`What ${check.name} asks is not seen in its script (${check.place}): taken for one that notices.`]
        : [],
  };
}

function unwatched(agent: VrrpTiming): Escape {
  const useless = agent.checks.find(({ effect, asks }) => effect === "none" && asks !== "api-server");
  return {
    moved: untilRepair,
    gone: untouched,
    cause: {
      dominatedBy:
        useless === undefined
          ? "no check: keepalived does not know whether the balancer works"
          : `the weight of ${useless.name}, which moves nothing (${useless.place})`,
      shorten: "a vrrp_script with weight 0 that asks the balancer",
    },
    notes: ["Not protected: the virtual IP stays on the node whose balancer is dead."],
  };
}

// The check is its own supervisor; where that takes longer than its limit, the virtual IP moves all the same.
function restartedByCheck(check: CheckTiming, agent: VrrpTiming): Escape {
  const restarted = sum(waiting(check.interval.value), span(0.1, 0.3, 0.6));
  const isLate = (check.limitSeconds ?? 0) >= check.timeout.value;
  return {
    moved: isLate ? longest(restarted, announcement(agent)) : restarted,
    gone: untouched,
    cause: { ...checkCause(check), shorten: "a check that only asks, beside a supervisor that restarts" },
    notes: isLate
      ? [
          `${check.name} starts the balancer again and is ended after ${check.timeout.value} s for that: the virtual IP moves too (${check.place}).`,
        ]
      : [],
  };
}

/** Watches through a holder whose address has moved away while its balancer lives; for so long nobody had it. */
export function movedAway({ balancer }: ClusterTiming, gone: Span): Span {
  return balancer?.transparent === true ? afterAbsence(gone) : afterPing(sum(gone, noticing));
}
