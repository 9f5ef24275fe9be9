import type { BalancerTiming } from "../balancer-timing.ts";
import { type Cause, checkCause, healthCause, nothing, redispatchCause } from "../cause.ts";
import { afterPing, inFlight, noticing, reopened, unharmed } from "../client.ts";
import type { ClusterTiming } from "../cluster-timing.ts";
import { detection, notices } from "../detection.ts";
import type { Fault, Prediction } from "../fault.ts";
import { either, exactly, longest, shortest, span, sum, untilRepair } from "../span.ts";
import { afterFailure, checkFailure, silence } from "../takeover.ts";
import { silenceCause } from "../cause.ts";

// Seconds for which an API server that is told to end goes on serving, in rehearsals.
const drainSeconds = 4;

export const apiServerKilled: Fault = {
  name: "api-server-killed",
  title: "API server killed",
  summary:
    "One API server dies: not the one beside the virtual IP where a balancer spreads connections, else that one. The repair starts it again.",
  figure: "last-failure",
  predict: ({ balancer, agent }) => {
    if (balancer === undefined) return directly(agent, "refused");
    const found = detection(balancer.steering, "refused");
    const lasts = balancer.redispatches ? inFlight : found;
    const cause =
      balancer.redispatches || balancer.steering === undefined
        ? redispatchCause(balancer)
        : withRedispatch(healthCause(balancer.steering));
    return {
      newConnections: lasts,
      established: balancer.redispatches ? reopened : either(reopened, sum(found, reopened)),
      ...cause,
      notes: balancer.redispatches ? [] : [share(balancer)],
    };
  },
};

export const apiServerHung: Fault = {
  name: "api-server-hung",
  title: "API server hung",
  summary:
    "One API server accepts connections and answers nothing: not the one beside the virtual IP where a balancer spreads connections, else that one. The repair lets it go on.",
  figure: "last-failure",
  predict: ({ balancer, agent }) => {
    if (balancer === undefined) return directly(agent, "hung");
    const found = detection(balancer.steering, "hung");
    const cut = detection(balancer.cutting, "hung");
    // Who is not seen is met again, by one or two attempts of 5 s each.
    const again = Number.isFinite(found.worst) ? span(0, 0.1, Math.max(0.5, found.worst - 5)) : span(0, 2.5, Infinity);
    const noticed = sum(shortest(sum(cut, exactly(0.05)), afterPing(exactly(0), again)), span(0, 0.05, 0.4));
    return {
      newConnections: found,
      // Where chance spreads them, no watch may be on that server.
      established: balancer.cutting === undefined ? { ...noticed, best: 0 } : noticed,
      ...(balancer.steering === undefined || !Number.isFinite(found.best)
        ? unseen(balancer)
        : healthCause(balancer.steering)),
      notes: Number.isFinite(found.best)
        ? []
        : [
            `Not protected: ${balancer.program} takes an accepted connection for a sign of life, and ${share(balancer).toLowerCase()}`,
          ],
    };
  },
};

export const apiServerDrained: Fault = {
  name: "api-server-drained",
  title: "API server drained",
  summary: `One API server is told to end: it says so on /readyz at once and serves for its shutdown delay, ${drainSeconds} s in rehearsals. The repair starts it again.`,
  figure: "last-failure",
  predict: ({ balancer, agent }) => {
    if (balancer === undefined) {
      const after = directly(agent, "refused");
      return {
        ...after,
        newConnections: sum(exactly(drainSeconds), after.newConnections),
        established: sum(exactly(0), after.established),
      };
    }
    const steered = detection(balancer.steering, "not-ready");
    if (steered.worst < drainSeconds && balancer.steering !== undefined)
      return {
        newConnections: unharmed,
        established: reopened,
        ...healthCause(balancer.steering),
        shorten: undefined,
        notes: [delay],
      };
    const found = detection(balancer.steering, "refused");
    return {
      newConnections: balancer.redispatches
        ? span(0, 0, drainSeconds + inFlight.worst)
        : sum(exactly(drainSeconds), found),
      established: balancer.redispatches ? reopened : either(reopened, sum(found, reopened)),
      ...(balancer.redispatches || balancer.steering === undefined
        ? redispatchCause(balancer)
        : healthCause(balancer.steering)),
      ...(balancer.program === "haproxy" ? { shorten: soonerNotReady(balancer) } : {}),
      notes: [delay],
    };
  },
};

// Who asks for /readyz already has to ask more often.
function soonerNotReady({ steering }: BalancerTiming): string | undefined {
  return steering !== undefined && notices(steering, "not-ready")
    ? `a shorter inter and a smaller fall, so that /readyz is heard within ${drainSeconds} s`
    : "a check that asks for /readyz, which says at once that it ends";
}

const delay = `The delay is kube-apiserver's shutdown-delay-duration, 0 s where nothing is said; rehearsals have ${drainSeconds} s.`;

/** Clients reach the holder's API server without a balancer. */
function directly(agent: ClusterTiming["agent"], how: "refused" | "hung"): Prediction {
  if (agent.kind === "lease") {
    const outage = sum(silence(agent), noticing);
    return {
      newConnections: outage,
      established: how === "hung" ? afterPing(outage) : sum(outage, reopened),
      ...silenceCause(agent),
      notes: [
        `kube-vip asks no health endpoint: it gives up after vip_renewdeadline (${agent.renew.value} s), because it renews its lease through the same API server.`,
      ],
    };
  }
  const check = agent.checks.find(
    ({ asks, effect }) => effect !== "none" && (asks === "api-server" || asks === "api-through-balancer"),
  );
  if (check === undefined)
    return {
      newConnections: untilRepair,
      established: untilRepair,
      dominatedBy: "no check: keepalived does not know whether the API server works",
      shorten: "a vrrp_script with weight 0 that asks for https://127.0.0.1:6443/livez, or a balancer",
      notes: ["Not protected: the virtual IP stays on the node whose API server is dead."],
    };
  const outage = sum(checkFailure(check, how), afterFailure(check, agent), noticing);
  return {
    newConnections: outage,
    established: how === "hung" ? longest(afterPing(exactly(0)), sum(outage, reopened)) : sum(outage, reopened),
    ...checkCause(check),
    notes: [],
  };
}

function withRedispatch(cause: Cause): Cause {
  return { ...cause, shorten: "option redispatch 1, which sends a refused connection to another server at once" };
}

function unseen({ program, place }: BalancerTiming): Cause {
  return program === "nginx"
    ? nothing(`nginx, which has no checks of its own (${place})`)
    : {
        dominatedBy: `a check that is content with a connection (${place})`,
        shorten: "option httpchk with GET /readyz over TLS",
      };
}

function share(_balancer: BalancerTiming): string {
  return "Only the share of connections that go to that API server fails.";
}
