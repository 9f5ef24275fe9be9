import type { BalancerTiming } from "../balancer-timing.ts";
import { besideServers } from "../beside-servers.ts";
import { type Cause, healthCause, nothing, silenceCause } from "../cause.ts";
import { afterPing, inFlight, noticing, reopened, requestLimitSeconds, unharmed, untouched } from "../client.ts";
import type { ClusterTiming } from "../cluster-timing.ts";
import { detection } from "../detection.ts";
import type { FaultName } from "../fault-names.ts";
import type { Fault, Span } from "../fault.ts";
import { settingText } from "../setting.ts";
import { exactly, longest, shortest, span, sum } from "../span.ts";
import { silence } from "../takeover.ts";

export const holderCut = cutHolder(
  "holder-cut",
  "holder cut off",
  "The cable of the node with the virtual IP is pulled.",
);

export const holderCutSilently = cutHolder(
  "holder-cut-silently",
  "holder cut off silently",
  "Nothing passes the cable of the node with the virtual IP any more, while its carrier stays.",
);

function cutHolder(name: FaultName, title: string, what: string): Fault {
  return {
    name,
    title,
    summary: `${what} The repair connects it again.`,
    figure: "blackout",
    predict: (cluster) => {
      const { agent } = cluster;
      const balancer = besideServers(cluster);
      const outage = sum(silence(agent), noticing);
      return {
        newConnections: outage,
        established: afterPing(outage, lateMember(balancer)),
        ...silenceCause(agent),
        notes: [...tail(balancer), ...(agent.kind === "lease" ? [replugged] : [])],
      };
    },
  };
}

// https://github.com/kube-vip/kube-vip/issues/1385 (v0.8.9), https://github.com/kube-vip/kube-vip/issues/996 (open)
const replugged =
  "Not protected: a node that was cut off has been seen to keep the address when it is connected again, beside the new holder (kube-vip issues 1385 and 996); a restart of its kube-vip takes the control plane's address off.";

export const otherNodeCut: Fault = {
  name: "other-node-cut",
  title: "another node cut off",
  summary: "The cable of the next node by rank, without the virtual IP, is pulled. The repair connects it again.",
  figure: "last-failure",
  predict: (cluster) => {
    const balancer = besideServers(cluster);
    if (balancer === undefined)
      return {
        newConnections: unharmed,
        established: untouched,
        ...nothing("nothing: no client has to do with that node"),
        notes: [],
      };
    const { lasts, established, cause } = silentMember(balancer);
    // One watch of several was there, and seldom meets it again.
    const once = { ...established, typical: Math.min(established.typical, afterPing(exactly(0)).typical) };
    return { newConnections: lasts, established: once, ...cause, notes: slower(balancer) };
  },
};

export const peersCut = cutPeers(
  "peers-cut",
  "two nodes cut from each other",
  "The node with the virtual IP and the next one by rank do not reach each other; everybody else reaches both.",
);

export const peersCutOneWay = cutPeers(
  "peers-cut-one-way",
  "two nodes cut one way",
  "Frames from the node with the virtual IP to the next one by rank are lost; the way back works.",
);

function cutPeers(name: FaultName, title: string, what: string): Fault {
  return {
    name,
    title,
    summary: `${what} The repair connects them again.`,
    figure: "last-failure",
    predict: (cluster) => {
      const { agent } = cluster;
      const balancer = besideServers(cluster);
      const second = silence(agent);
      const member = balancer === undefined ? undefined : silentMember(balancer);
      // A lease is one node's, whoever reaches whom; it moves only where the other node has etcd's leader.
      const moved = agent.kind === "vrrp" ? span(0, second.typical, second.worst + 1.3) : span(0, 0, second.worst);
      const lasts = member === undefined ? moved : longest(member.lasts, moved);
      return {
        // Clients may go over to the other holder, which cannot reach this one either.
        newConnections: { ...lasts, best: Math.min(lasts.best, second.best) },
        // The other holder resets what comes to it, before anybody has noticed the cut.
        established: { ...longest(member?.established ?? untouched, span(0, 0, afterPing(second).worst)), best: 0 },
        ...(member === undefined || lasts.typical <= moved.typical ? silenceCause(agent) : member.cause),
        shorten: member !== undefined && lasts.typical > moved.typical ? member.cause.shorten : undefined,
        notes:
          agent.kind === "vrrp"
            ? [
                `Two nodes have the virtual IP from ${second.best.toFixed(1)}–${second.worst.toFixed(1)} s on: VRRP has no quorum. Both serve.`,
              ]
            : [
                "Where the other node has etcd's leader, the holder's API server cannot write: the lease ends, and the virtual IP moves.",
              ],
      };
    },
  };
}

interface SilentMember {
  /** Until the last request fails. */
  readonly lasts: Span;
  readonly established: Span;
  readonly cause: Cause;
}

/** An API server whose machine is gone, seen through the balancer. */
function silentMember(balancer: BalancerTiming): SilentMember {
  const { steering, cutting, connect } = balancer;
  const found = detection(steering, "silent");
  const cut = detection(cutting, "silent");
  const established = shortest(sum(cut, reopened), afterPing(exactly(0), lateMember(balancer)));
  // Twice, since the next try may meet another one that is silent.
  const isTried = balancer.redispatches && 2 * connect.value < requestLimitSeconds;
  if (balancer.program === "nginx")
    return {
      lasts: isTried ? inFlight : exactly(connect.value),
      established,
      cause: { dominatedBy: settingText(connect), shorten: connect.value > 0.5 ? `${connect.name} 500ms` : undefined },
    };
  if (steering === undefined)
    return { lasts: isTried ? inFlight : found, established, cause: nothing(`no check (${balancer.place})`) };
  if (!isTried)
    return {
      lasts: found,
      established,
      cause: {
        ...healthCause(steering),
        shorten: "option redispatch 1 with timeout connect 500ms, so that nobody has to wait for the check",
      },
    };
  if (cutting === undefined || steering.path !== cutting.path) {
    // A connection that is still being tried when the server's are cut is lost with them.
    const meets = cutting !== undefined && found.worst + connect.value > cut.best;
    return {
      lasts: span(0, inFlight.typical, meets ? found.worst : inFlight.worst),
      established,
      cause: healthCause(steering),
    };
  }
  return { lasts: { ...found, best: 0 }, established, cause: healthCause(steering) };
}

/** A watch that is opened again may meet a dead node, as long as the balancer has not noticed. */
export function lateMember(balancer: BalancerTiming | undefined): Span {
  if (balancer === undefined) return span(0, 0.15, 0.5);
  if (balancer.redispatches && balancer.connect.value < requestLimitSeconds)
    return span(0, 0.15, 0.5 + balancer.connect.value);
  const found = detection(balancer.steering, "silent");
  // Each attempt that meets it costs the client's patience; one or two do, of several watches.
  return span(0, Math.min(found.typical, 1.5 * requestLimitSeconds), found.worst);
}

function tail(balancer: BalancerTiming | undefined): readonly string[] {
  if (balancer === undefined) return [];
  const { lasts } = silentMember(balancer);
  return lasts.worst > 1
    ? [
        `Then the new balancer sends a share of new connections to the dead node's API server, for up to ${lasts.worst === Infinity ? "as long as it is away" : `${lasts.worst.toFixed(1)} s`}.`,
      ]
    : slower(balancer);
}

function slower({ redispatches, connect }: BalancerTiming): readonly string[] {
  return redispatches && 2 * connect.value < requestLimitSeconds
    ? [`A share of new connections takes ${connect.value} s longer until the balancer knows: ${settingText(connect)}.`]
    : [];
}

/** What other faults of a whole node say about its API server. */
export function lossNotes(cluster: ClusterTiming): readonly string[] {
  return tail(besideServers(cluster));
}
