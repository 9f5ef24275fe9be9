import { describe, expect, test } from "vitest";

import type { FaultName } from "../../src/timing/fault-names.ts";
import type { ClusterTiming } from "../../src/timing/cluster-timing.ts";
import { faults } from "../../src/timing/faults/index.ts";
import { rivals } from "../../src/timing/takeover.ts";
import { changed, timingOf } from "./files.ts";

/** Seconds that a client and a busy machine add, and two backups that wake together. */
const resolution = 0.38;

const clusters: readonly (readonly [string, ClusterTiming])[] = [
  ["ours", timingOf("manifests/keepalived-haproxy/v1.34")],
  ["ours, fast adverts", changed("manifests/keepalived-haproxy/v1.34", [["advert_int 0.3", "advert_int 0.1"]])],
  ...["doc", "s0", "s2", "s3"].map((name) => [name, timingOf(`test/fixtures/seeds/${name}`)] as const),
];

/** What chance decides in each fault: one of each interval, and the limits of every try. */
const chances: Readonly<Partial<Record<FaultName, (cluster: ClusterTiming) => number>>> = {
  "balancer-killed": (cluster) => checkInterval(cluster) + advert(cluster),
  "keepalived-stopped": () => 0,
  "keepalived-killed": () => 0,
  "keepalived-restarted": (cluster) => advert(cluster) + downTime(cluster),
  "holder-cut": advert,
  "holder-cut-silently": advert,
  "holder-power-loss": advert,
  "holder-reboot": () => 0,
  "api-server-killed": inter,
  "api-server-hung": inter,
  "ready-failing": () => 0,
  "other-node-cut": (cluster) => inter(cluster) + limits(cluster),
};

describe.each(clusters)("%s", (_, cluster) => {
  test.each(Object.entries(chances))("%s is no wider than what chance decides", (name, chance) => {
    const { best, worst } = faults[name as FaultName].predict(cluster).newConnections;
    if (worst === Infinity) expect(best).toBe(Infinity);
    else expect(worst - best).toBeLessThanOrEqual(chance(cluster) + resolution + tie(cluster));
  });
});

/** What a watch waits for besides: the client's next attempt, its kernel's second one after 1 s, its ping after 5 s. */
const establishedChances: Readonly<Partial<Record<FaultName, (cluster: ClusterTiming) => number>>> = {
  "balancer-killed": (cluster) => checkInterval(cluster) + advert(cluster) + 1,
  "keepalived-stopped": () => 0,
  "holder-cut": (cluster) => advert(cluster) + lateMember(cluster),
  "holder-power-loss": (cluster) => advert(cluster) + lateMember(cluster),
  "holder-reboot": () => 5,
  // Without redispatch an attempt meets it, or by chance does not.
  "api-server-killed": lateMember,
  "other-node-cut": (cluster) => inter(cluster) + lateMember(cluster),
};

describe.each(clusters)("established connections of %s", (_, cluster) => {
  test.each(Object.entries(establishedChances))("%s is no wider than what chance decides", (name, chance) => {
    const { best, worst } = faults[name as FaultName].predict(cluster).established;
    if (best !== Infinity)
      expect(worst - best).toBeLessThanOrEqual(chance(cluster) + resolution + tie(cluster) + reopening);
  });
});

/** Seconds that opening a watch again may take. */
const reopening = 0.5;

// Until the balancer has noticed a node that is gone, an attempt may meet it.
function lateMember(cluster: ClusterTiming): number {
  const { balancer } = cluster;
  if (balancer?.redispatches === true && balancer.connect.value < 5) return balancer.connect.value;
  const { fall, fastinter } = balancer?.steering ?? {};
  return inter(cluster) + limits(cluster) + ((fall?.value ?? 1) - 1) * (fastinter?.value ?? 0);
}

// Backups of one priority: clients may follow the wrong one until the other's second gratuitous ARP.
function tie({ agent }: ClusterTiming): number {
  return agent.kind === "vrrp" && rivals(agent).length > 0 ? agent.garpDelay : 0;
}

function advert({ agent }: ClusterTiming): number {
  return agent.kind === "vrrp" ? agent.advert.value : agent.retry.value;
}

function downTime({ agent }: ClusterTiming): number {
  return agent.kind === "vrrp" ? agent.advert.value * (agent.downAdverts.value - 1) : agent.duration.value;
}

function checkInterval({ agent }: ClusterTiming): number {
  return agent.kind === "vrrp" ? (agent.checks[0]?.interval.value ?? 0) : 0;
}

function inter({ balancer }: ClusterTiming): number {
  return balancer?.steering?.inter.value ?? 0;
}

function limits({ balancer }: ClusterTiming): number {
  return (balancer?.steering?.connectLimit ?? 0) * (balancer?.steering?.fall.value ?? 0);
}
