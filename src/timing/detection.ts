import type { HealthTiming } from "./balancer-timing.ts";
import type { Span } from "./fault.ts";
import { exactly, span, sum, waiting } from "./span.ts";

/**
 * How an API server fails: its process is gone, its host is gone, it accepts connections and says
 * nothing, it is not ready, or it has no etcd and says so or is silent about it.
 */
export type Failure = "refused" | "silent" | "hung" | "not-ready" | "no-etcd" | "etcd-silent";

/** From a fault until a balancer's check has taken the API server out; Infinity where it never does. */
export function detection(health: HealthTiming | undefined, failure: Failure): Span {
  if (health === undefined || !notices(health, failure)) return exactly(Infinity);
  const { inter, fastinter, fall } = health;
  const limit = lasts(health, failure);
  const between = (fall.value - 1) * fastinter.value;
  return sum(waiting(inter.value), {
    best: between + leastOf(limit, fall.value),
    typical: between + limit * fall.value,
    worst: between + limit * fall.value,
  });

  // The kernel gives up a silent neighbour after 8 s, and then each further attempt after 3 s.
  function leastOf(limit: number, count: number): number {
    return failure === "silent" ? Math.min(limit, 8) + (count - 1) * Math.min(limit, 3) : limit * count;
  }
}

/** From the end of a fault until an API server that was taken out gets connections again. */
export function recovery({ inter, fastinter, rise }: HealthTiming): Span {
  const between = (rise.value - 1) * fastinter.value;
  return span(between, between + inter.value / 2, between + inter.value);
}

/** Whether a check fails for that reason at all. */
export function notices({ asks, path = "" }: HealthTiming, failure: Failure): boolean {
  switch (failure) {
    case "refused":
    case "silent":
      return true;
    case "hung":
      return asks !== "connection";
    case "not-ready":
      return path.startsWith("/readyz");
    case "no-etcd":
    case "etcd-silent":
      break;
  }
  return /^\/(?:readyz|livez|healthz)(?:$|\?)/.test(path) && !path.includes("exclude=etcd");
}

// Seconds that one failing check lasts.
function lasts({ connectLimit, answerLimit }: HealthTiming, failure: Failure): number {
  switch (failure) {
    case "silent":
    case "hung":
      return connectLimit;
    case "etcd-silent":
      return answerLimit;
    case "refused":
    case "not-ready":
    case "no-etcd":
      break;
  }
  return 0;
}
