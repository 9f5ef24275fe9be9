import type { CheckTiming } from "./check-timing.ts";
import type { ClusterTiming } from "./cluster-timing.ts";
import type { Span } from "./fault.ts";
import { exactly, span, sum, waiting } from "./span.ts";
import type { VrrpTiming } from "./vrrp-timing.ts";

/** From the holder's last word until another node has the virtual IP. */
export function silence(agent: ClusterTiming["agent"]): Span {
  if (agent.kind === "lease") {
    const { duration, retry } = agent;
    // Others see the last renewal at their next try, count from there, and then try again: each with a jitter of 1.2.
    return span(duration.value - retry.value, duration.value + 0.6 * retry.value, duration.value + 4.4 * retry.value);
  }
  const { advert, downAdverts } = agent;
  const down = advert.value * downAdverts.value;
  return sum(span(down - advert.value, down - advert.value / 2, down), announcement(agent));
}

/** From the holder's good-bye until another node has the virtual IP. */
export function announcement(agent: ClusterTiming["agent"]): Span {
  if (agent.kind === "lease") return span(0, 0.8 * agent.retry.value, 2.2 * agent.retry.value);
  const skews = successors(agent).map(({ skew }) => skew);
  const [usual = 0] = skews;
  return sum(span(Math.min(...skews, usual), usual, Math.max(...skews, usual)), rivalry(agent));
}

/** From a fault until a check of keepalived says so; what the check does then comes on top. */
export function checkFailure(check: CheckTiming, how: "refused" | "hung"): Span {
  const { interval, fall, holdSeconds, timeout, limitSeconds } = check;
  if (how === "refused") {
    // Between two held connections a poll notices it, as soon as the next run begins.
    if (holdSeconds !== undefined) return span(0, 0.02, Math.max(0, interval.value - holdSeconds) + 0.05);
    return sum(exactly((fall.value - 1) * interval.value), waiting(interval.value));
  }
  const limit = Math.min(limitSeconds ?? timeout.value, timeout.value);
  // A run that lasts over the next ones' time lets those be left out.
  const period = Math.ceil(limit / interval.value) * interval.value;
  const runs = fall.value - 1;
  return sum(
    waiting(interval.value),
    span(limit + runs * period, limit + runs * (period + interval.value / 2), limit + runs * (period + interval.value)),
  );
}

/** From a check's failure until another node has the virtual IP. */
export function afterFailure(check: CheckTiming, agent: VrrpTiming): Span {
  switch (check.effect) {
    case "fault":
      return announcement(agent);
    case "priority":
      // Backups stop listening to a holder that is worth less than they are, and wait as for a dead one.
      return silence(agent);
    case "none":
      break;
  }
  return exactly(Infinity);
}

/** From the start of keepalived until the first node has the virtual IP. */
export function firstElection({ advert, downAdverts, routers }: VrrpTiming): Span {
  return exactly(advert.value * downAdverts.value + (routers[0]?.skew ?? 0));
}

// The second by rank; where nothing preempts, any node may be the holder, and then the first takes over.
function successors({ routers, preempts }: VrrpTiming): VrrpTiming["routers"] {
  const [first, second = first] = routers;
  if (first === undefined || second === undefined) return [];
  return preempts ? [second] : [second, first];
}

// Backups that wake within the time of a packet take over both, and one gives way. Where chance decides who spoke
// last, it may be that one, and clients follow it until the other repeats its gratuitous ARP.
function rivalry(agent: VrrpTiming): Span {
  const [, second, third] = agent.routers;
  const isClose = second !== undefined && third !== undefined && third.skew - second.skew < 0.005;
  return isClose ? span(0, 0.05, 0.18 + (rivals(agent).length > 0 ? agent.garpDelay : 0)) : exactly(0);
}

/** The backups that take over at one moment, since they have one priority; none, or two of them. */
export function rivals({ routers }: VrrpTiming): VrrpTiming["routers"] {
  const [, second, third] = routers;
  return second !== undefined && third !== undefined && second.skew === third.skew ? [second, third] : [];
}
