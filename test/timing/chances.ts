import type { ClusterTiming } from "../../src/timing/cluster-timing.ts";
import type { FaultName } from "../../src/timing/fault-names.ts";
import { rivals } from "../../src/timing/takeover.ts";

// How far apart best and worst may be: chance decides where in each interval a fault falls, and each try has its limit.

/** Seconds that chance may add in a fault, from the settings of a cluster. */
export type Chances = Readonly<Record<FaultName, (cluster: ClusterTiming) => number>>;

/** For new connections. */
export const chances: Chances = {
  "balancer-killed": (cluster) => checkRun(cluster) + takeover(cluster),
  // Whichever is sooner: the check, or the supervisor, whose start a busy machine draws out by 0.6 s.
  "balancer-restarted": (cluster) => Math.max(0.6, Math.min(1.6, checkRun(cluster) + takeover(cluster))),
  "keepalived-stopped": goodbye,
  "keepalived-killed": () => 0,
  "keepalived-restarted": (cluster) => advert(cluster) + downTime(cluster),
  "holder-frozen-briefly": takeover,
  "holder-frozen": takeover,
  "api-server-killed": (cluster) => detected(cluster, "refused"),
  "api-server-hung": (cluster) => detected(cluster, "hung"),
  // A balancer that does not ask for /readyz goes on to the end of its 4 s, and then notices or has somebody else.
  "api-server-drained": (cluster) => 4 + detected(cluster, "refused"),
  "ready-failing": () => 0,
  // It falls between two checks or, with the 2 s that it lasts, until everybody has recovered.
  "etcd-election-failing": (cluster) => electionSeconds + regained(cluster),
  "etcd-election-silent": (cluster) => electionSeconds + regained(cluster),
  "holder-cut": takeover,
  "holder-cut-silently": takeover,
  "other-node-cut": (cluster) => inter(cluster) + limits(cluster),
  "peers-cut-one-way": parted,
  "peers-cut": parted,
  "holder-power-loss": takeover,
  "holder-reboot": goodbye,
  "all-power-loss": () => 0,
  "all-start": (cluster) => startSeconds + regained(cluster) + (cluster.agent.kind === "lease" ? takeover(cluster) : 0),
  "foreign-router": (cluster) => (cluster.agent.kind === "vrrp" && cluster.agent.multicast ? strangerSeconds : 0),
  "idle-stream": () => 0,
  // Adverts that a stall outlasts, and then an election.
  "busy-machine": (cluster) => stallSeconds + downTime(cluster) + advert(cluster),
};

/** For a watch, which waits besides for its next attempt, its kernel's second one after 1 s, or its ping after 5 s. */
export const establishedChances: Chances = {
  ...chances,
  "balancer-killed": (cluster) => chances["balancer-killed"](cluster) + attempt,
  "balancer-restarted": (cluster) => chances["balancer-restarted"](cluster) + attempt,
  "keepalived-stopped": (cluster) => (transparent(cluster) ? repetition(goodbye(cluster)) : goodbye(cluster)),
  // Who takes over resets what clients send, or nothing is sent before the first one is back.
  "keepalived-killed": () => attempt,
  "keepalived-restarted": (cluster) => ping + chances["keepalived-restarted"](cluster),
  "holder-frozen-briefly": (cluster) => ping + takeover(cluster),
  "holder-frozen": (cluster) => ping + takeover(cluster),
  // Without redispatch an attempt meets it, or by chance does not.
  "api-server-killed": (cluster) => Math.max(lateMember(cluster), detected(cluster, "refused")),
  // Where nothing cuts it, it may not be on that server, or wait for its ping and meet it again.
  "api-server-hung": (cluster) =>
    detected(cluster, "hung") + (cluster.balancer?.cutting === undefined ? ping : 0) + lateMember(cluster),
  "api-server-drained": (cluster) => chances["api-server-drained"](cluster) + lateMember(cluster),
  "etcd-election-failing": (cluster) => chances["etcd-election-failing"](cluster) + ping,
  "etcd-election-silent": (cluster) => chances["etcd-election-silent"](cluster) + ping,
  "holder-cut": (cluster) => takeover(cluster) + lateMember(cluster),
  "holder-cut-silently": (cluster) => takeover(cluster) + lateMember(cluster),
  "other-node-cut": (cluster) => inter(cluster) + lateMember(cluster),
  // The other holder resets at once what comes to it, or nobody does.
  "peers-cut-one-way": (cluster) => ping + parted(cluster) + lateMember(cluster),
  "peers-cut": (cluster) => ping + parted(cluster) + lateMember(cluster),
  "holder-power-loss": (cluster) => takeover(cluster) + lateMember(cluster),
  "holder-reboot": () => ping,
  "foreign-router": (cluster) =>
    cluster.agent.kind === "vrrp" && cluster.agent.multicast ? ping + downTime(cluster) + advert(cluster) : 0,
  // Adverts that a stall outlasts cost a watch its next attempt.
  "busy-machine": () => attempt,
};

/** Seconds that two backups of one priority add: clients may follow the wrong one until its second gratuitous ARP. */
export function tie({ agent }: ClusterTiming): number {
  return agent.kind === "vrrp" && rivals(agent).length > 0 ? agent.garpDelay : 0;
}

const ping = 5;
const attempt = 1;
const electionSeconds = 2;
const startSeconds = 1;
const stallSeconds = 0.5;
// Two of two runs of half a minute.
const strangerSeconds = 25;

// From silence: where between two adverts it began, or between which tries of kube-vip, each with a jitter of 1.2.
function takeover({ agent }: ClusterTiming): number {
  return agent.kind === "vrrp" ? agent.advert.value : 5.4 * agent.retry.value;
}

// From a good-bye nobody waits for a clock but kube-vip, for its next try.
function goodbye({ agent }: ClusterTiming): number {
  return agent.kind === "vrrp" ? 0 : 2.2 * agent.retry.value;
}

function advert({ agent }: ClusterTiming): number {
  return agent.kind === "vrrp" ? agent.advert.value : agent.retry.value;
}

function downTime({ agent }: ClusterTiming): number {
  return agent.kind === "vrrp" ? agent.advert.value * (agent.downAdverts.value - 1) : agent.duration.value;
}

function checkRun({ agent }: ClusterTiming): number {
  return agent.kind === "vrrp" ? (agent.checks[0]?.interval.value ?? 0) : 0;
}

function inter({ balancer }: ClusterTiming): number {
  return balancer?.steering?.inter.value ?? 0;
}

function limits({ balancer }: ClusterTiming): number {
  return (balancer?.steering?.connectLimit ?? 0) * (balancer?.steering?.fall.value ?? 0);
}

// Through a balancer its check decides, else keepalived's own or the lease.
function detected(cluster: ClusterTiming, how: "refused" | "hung"): number {
  if (cluster.balancer !== undefined) return inter(cluster);
  const { agent } = cluster;
  if (agent.kind === "lease") return takeover(cluster);
  const [check] = agent.checks;
  const runs = how === "hung" ? (check?.fall.value ?? 1) : 1;
  return runs * checkRun(cluster) + takeover(cluster);
}

// Until who was taken out is back: checks that succeed again, and an election where the virtual IP was lost.
function regained(cluster: ClusterTiming): number {
  const { agent, balancer } = cluster;
  const { rise, inter: period } = balancer?.steering ?? {};
  const checks = agent.kind === "vrrp" ? agent.checks.filter(({ includesEtcd }) => includesEtcd) : [];
  const own = Math.max(0, ...checks.map((check) => check.rise.value * check.interval.value));
  const election = own > 0 || agent.kind === "lease" ? downTime(cluster) + advert(cluster) + 1 : 0;
  return Math.max((rise?.value ?? 0) * (period?.value ?? 0), own + election);
}

// Two holders, after silence, and a balancer that has to notice the node that it does not reach, or that asks nobody and
// waits for a connection.
function parted(cluster: ClusterTiming): number {
  const { agent, balancer } = cluster;
  const { fall, fastinter } = balancer?.steering ?? {};
  const again = ((fall?.value ?? 1) - 1) * (fastinter?.value ?? 0);
  const noticed = inter(cluster) + limits(cluster) + again;
  const second = agent.kind === "vrrp" ? downTime(cluster) + advert(cluster) + 1.3 : 0;
  return second + (balancer?.steering === undefined ? (balancer?.connect.value ?? 0) : noticed);
}

// Until the balancer has noticed a node that is gone, an attempt may meet it.
function lateMember(cluster: ClusterTiming): number {
  const { balancer } = cluster;
  if (balancer?.redispatches === true && balancer.connect.value < 5) return balancer.connect.value;
  const { fall, fastinter } = balancer?.steering ?? {};
  return inter(cluster) + limits(cluster) + ((fall?.value ?? 1) - 1) * (fastinter?.value ?? 0);
}

function transparent({ balancer }: ClusterTiming): boolean {
  return balancer?.transparent === true;
}

// The kernel of who gave up repeats what nobody acknowledges after 0.2 s, then each time twice as late.
function repetition(gone: number): number {
  return 0.2 + 2 * gone;
}
