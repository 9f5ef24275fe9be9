import type { BalancerTiming, HealthTiming } from "./balancer-timing.ts";
import type { CheckTiming } from "./check-timing.ts";
import type { ClusterTiming } from "./cluster-timing.ts";
import type { LeaseTiming } from "./lease-timing.ts";
import { productText, settingText } from "./setting.ts";

/** What decides how long a fault lasts, and what would make it shorter. */
export interface Cause {
  readonly dominatedBy: string;
  readonly shorten: string | undefined;
}

/** Backups wait for adverts, or for the lease to run out. */
export function silenceCause(agent: ClusterTiming["agent"]): Cause {
  if (agent.kind === "lease") return leaseCause(agent);
  const { advert, downAdverts, version } = agent;
  return {
    dominatedBy: productText([advert, downAdverts]),
    shorten:
      version === 2
        ? "version 3, which knows fractions of a second: advert_int 0.3"
        : advert.value > 0.1
          ? `advert_int ${advert.value > 0.3 ? "0.3 or 0.1" : "0.1"}, on machines that never stall as long as three of them`
          : undefined,
  };
}

/** The successor waits for its skew, or for its next try. */
export function announcementCause(agent: ClusterTiming["agent"]): Cause {
  if (agent.kind === "lease")
    return {
      dominatedBy: settingText(agent.retry),
      shorten: agent.retry.value > 1 ? `${agent.retry.name} 1` : undefined,
    };
  const successor = agent.routers[1] ?? agent.routers[0];
  const skew = successor === undefined ? 0 : Math.round(successor.skew * 1000) / 1000;
  return {
    dominatedBy: `the skew of the next node, ${skew} s: ${successor === undefined ? "" : settingText(successor.priority)}`,
    shorten:
      agent.version === 2
        ? "version 3, whose skew is a part of advert_int and not of a second"
        : skew > 0.1
          ? "priorities near 254, or a shorter advert_int"
          : undefined,
  };
}

/** keepalived waits for its check. */
export function checkCause(check: CheckTiming): Cause {
  const period = check.interval.value * check.fall.value;
  return {
    dominatedBy:
      check.holdSeconds === undefined
        ? productText([check.interval, check.fall])
        : `the check ${check.name}, which holds a connection to the balancer (${check.place})`,
    shorten:
      check.holdSeconds !== undefined
        ? undefined
        : check.effect === "priority"
          ? "weight 0, so that the holder gives up at once, and interval 1 with fall 1"
          : period > 1
            ? "interval 1 with fall 1"
            : "a check that holds a connection, which the kernel ends when the balancer dies",
  };
}

/** haproxy waits for its check. */
export function healthCause({ inter, fall, fastinter, asks, connectLimit }: HealthTiming): Cause {
  const limit = connectLimit === inter.value ? "" : `, each at most ${connectLimit} s`;
  return {
    dominatedBy: `${productText([inter, fall])}${limit}`,
    shorten:
      asks === "connection"
        ? "a check that asks for /readyz over TLS, with a short inter and fastinter"
        : fastinter.value >= inter.value
          ? `fastinter ${inter.value >= 2 ? "500ms" : "250ms"} and a shorter timeout check`
          : "a shorter inter and timeout check",
  };
}

/** Nothing of the cluster waits for anything. */
export function nothing(why: string): Cause {
  return { dominatedBy: why, shorten: undefined };
}

/** A balancer that hands refused connections to another API server, or does not. */
export function redispatchCause({ program, redispatches, place }: BalancerTiming): Cause {
  return redispatches
    ? nothing(`${program}, which tries another API server at once (${place})`)
    : { dominatedBy: `no option redispatch (${place})`, shorten: "option redispatch 1" };
}

function leaseCause({ duration, retry }: LeaseTiming): Cause {
  return {
    dominatedBy: `${settingText(duration)} and up to 4.4 × ${settingText(retry)}`,
    shorten:
      duration.value > 5 ? "a shorter lease, such as 5, 3 and 1 s, if etcd's disks are fast enough for it" : undefined,
  };
}
