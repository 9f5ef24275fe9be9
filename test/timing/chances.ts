import type { ClusterTiming } from "../../src/timing/cluster-timing.ts";
import { notices } from "../../src/timing/detection.ts";
import type { FaultName } from "../../src/timing/fault-names.ts";
import { rivals, silence } from "../../src/timing/takeover.ts";

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
  // kube-vip finds its own lease again at its next try.
  "keepalived-restarted": (cluster) =>
    cluster.agent.kind === "lease" ? goodbye(cluster) : advert(cluster) + downTime(cluster),
  "holder-frozen-briefly": (cluster) => thawed(cluster, 0.5),
  "holder-frozen": (cluster) => thawed(cluster, 2),
  "api-server-killed": (cluster) => detected(cluster, "refused"),
  "api-server-hung": (cluster) => detected(cluster, "hung"),
  // Whether the last one to be lost is one of its end after 4 s, or there is none.
  "api-server-drained": (cluster) =>
    steersAway(cluster) ? 0 : detected(cluster, "refused") + (cluster.balancer?.redispatches === true ? 4 : 0),
  "ready-failing": () => 0,
  // It falls between two checks or, with the 2 s that it lasts, until everybody has recovered.
  "etcd-election-failing": elected,
  "etcd-election-silent": elected,
  "holder-cut": takeover,
  "holder-cut-silently": takeover,
  "other-node-cut": (cluster) => inter(cluster) + limits(cluster),
  "peers-cut-one-way": parted,
  "peers-cut": parted,
  "holder-power-loss": takeover,
  "holder-reboot": goodbye,
  "all-power-loss": () => 0,
  // The lease may be in the name of a node that does not come back.
  "all-start": (cluster) =>
    startSeconds + (cluster.agent.kind === "lease" ? downTime(cluster) + goodbye(cluster) : risen(cluster)),
  // No interval of ours: it lasts as long as the stranger is there, half a minute in two of two runs.
  "foreign-router": (cluster) => (isMistaken(cluster) ? 25 : 0),
  "idle-stream": () => 0,
  // Adverts that a stall outlasts, and then an election.
  "busy-machine": (cluster) => stallSeconds + (isTight(cluster) ? downTime(cluster) + advert(cluster) : 0),
};

/** For a watch, which waits besides for its next attempt, its kernel's second one after 1 s, or its ping after 5 s. */
export const establishedChances: Chances = {
  ...chances,
  "balancer-killed": (cluster) => chances["balancer-killed"](cluster) + attempt,
  "balancer-restarted": (cluster) => chances["balancer-restarted"](cluster) + attempt,
  "keepalived-stopped": (cluster) => (transparent(cluster) ? repetition(goodbye(cluster)) : goodbye(cluster)),
  // Who takes over resets what clients send, or nothing is sent before the first one is back.
  "keepalived-killed": () => attempt,
  "keepalived-restarted": (cluster) =>
    cluster.agent.kind === "lease" ? 0 : ping + chances["keepalived-restarted"](cluster),
  "holder-frozen-briefly": (cluster) => watchThawed(cluster, 0.5),
  "holder-frozen": (cluster) => watchThawed(cluster, 2),
  // Without redispatch an attempt meets it, or by chance does not.
  "api-server-killed": (cluster) => Math.max(lateMember(cluster), detected(cluster, "refused")),
  // Where nothing cuts it, it may not be on that server, or wait for its ping and meet it again.
  "api-server-hung": (cluster) =>
    detected(cluster, "hung") + (cluster.balancer?.cutting === undefined ? ping : 0) + lateMember(cluster),
  "api-server-drained": (cluster) => chances["api-server-drained"](cluster) + lateMember(cluster),
  "etcd-election-failing": (cluster) => elected(cluster) + (givesUp(cluster) ? ping : 0),
  "etcd-election-silent": (cluster) => elected(cluster) + (givesUp(cluster) ? ping : 0),
  "holder-cut": (cluster) => takeover(cluster) + lateMember(cluster),
  "holder-cut-silently": (cluster) => takeover(cluster) + lateMember(cluster),
  "other-node-cut": (cluster) => inter(cluster) + lateMember(cluster),
  // The other holder resets at once what comes to it, or nobody does.
  "peers-cut-one-way": (cluster) => ping + Math.max(parted(cluster), lateMember(cluster)),
  "peers-cut": (cluster) => ping + Math.max(parted(cluster), lateMember(cluster)),
  "holder-power-loss": (cluster) => takeover(cluster) + lateMember(cluster),
  "holder-reboot": () => ping,
  "foreign-router": (cluster) => (isMistaken(cluster) ? ping + downTime(cluster) + advert(cluster) : 0),
  // Adverts that a stall outlasts cost a watch its next attempt.
  "busy-machine": (cluster) => (isTight(cluster) ? attempt : 0),
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

/** Whether a machine that stalls for half a second loses the virtual IP. */
function isTight({ agent }: ClusterTiming): boolean {
  return silence(agent).best < 0.5;
}

// A freeze that nobody takes for a death lasts as long as it lasts.
function thawed(cluster: ClusterTiming, seconds: number): number {
  return silence(cluster.agent).best >= seconds ? 0 : takeover(cluster);
}

function watchThawed(cluster: ClusterTiming, seconds: number): number {
  return silence(cluster.agent).best >= seconds ? attempt : ping + takeover(cluster);
}

// Who does not ask for /readyz, or too seldom, sends new connections on until the end.
function steersAway({ balancer }: ClusterTiming): boolean {
  const steering = balancer?.steering;
  return steering !== undefined && notices(steering, "not-ready") && steering.inter.value * steering.fall.value < 4;
}

/** Whether an election of etcd makes anybody give up: keepalived by its check, or the balancer all of its servers. */
function givesUp({ agent, balancer }: ClusterTiming): boolean {
  const checks = agent.kind === "vrrp" ? agent.checks.filter(({ includesEtcd }) => includesEtcd) : [];
  const steering = balancer?.steering;
  const loses = steering !== undefined && balancer?.fallsBack === false && notices(steering, "no-etcd");
  return checks.length > 0 || loses || (agent.kind === "lease" && agent.renew.value <= electionSeconds);
}

// It falls between two checks or, with the 2 s that it lasts, until everybody has recovered.
function elected(cluster: ClusterTiming): number {
  if (!givesUp(cluster)) return 0;
  const { agent } = cluster;
  const checks = agent.kind === "vrrp" ? agent.checks.filter(({ includesEtcd }) => includesEtcd) : [];
  const own = Math.max(0, ...checks.map((check) => check.rise.value * check.interval.value));
  const election = own > 0 || agent.kind === "lease" ? downTime(cluster) + advert(cluster) + 1 : 0;
  return electionSeconds + Math.max(risen(cluster), own + election);
}

// Until a balancer has taken an API server back.
function risen({ balancer }: ClusterTiming): number {
  const { rise, inter: period } = balancer?.steering ?? {};
  return (rise?.value ?? 0) * (period?.value ?? 0);
}

// Adverts of version 2 by multicast, of another timing than the stranger's.
function isMistaken({ agent }: ClusterTiming): boolean {
  return agent.kind === "vrrp" && agent.multicast && agent.version === 2 && agent.advert.value !== 1;
}

// Two holders, after silence, or a balancer that has to notice the node that it does not reach, or that asks nobody and
// waits for a connection.
function parted(cluster: ClusterTiming): number {
  const { agent, balancer } = cluster;
  const { fall, fastinter } = balancer?.steering ?? {};
  const again = ((fall?.value ?? 1) - 1) * (fastinter?.value ?? 0);
  const noticed = inter(cluster) + limits(cluster) + again;
  const second =
    agent.kind === "vrrp" ? downTime(cluster) + advert(cluster) + 1.3 : downTime(cluster) + 4.4 * agent.retry.value;
  return Math.max(second, balancer?.steering === undefined ? (balancer?.connect.value ?? 0) : noticed);
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
