import type { ClusterPicture } from "../model/picture.ts";
import type { VrrpScript } from "../model/vrrp.ts";
import { type Check, checkOf } from "../rules/keepalived/checks.ts";
import { balancerPorts } from "../rules/kubeadm/surroundings.ts";
import { bareAddress, type Member } from "../rules/keepalived/siblings.ts";
import { intervalOf, priorityOf, timeoutOf } from "../rules/keepalived/timing.ts";
import { placeText, setting, type Setting } from "./setting.ts";

/** A check of keepalived as far as it decides about time. */
export interface CheckTiming {
  readonly name: string;
  /** What must work for it to succeed. */
  readonly asks: "process" | "balancer" | "api-through-balancer" | "api-server" | "other";
  /** Seconds between two runs; 0 for what the kernel reports. */
  readonly interval: Setting;
  /** Seconds after which keepalived ends a run. */
  readonly timeout: Setting;
  readonly fall: Setting;
  readonly rise: Setting;
  /** Seconds of each interval during which it holds a connection, which ends with the balancer. */
  readonly holdSeconds: number | undefined;
  /** Seconds that a run waits for an answer. */
  readonly limitSeconds: number | undefined;
  /** Whether an etcd election makes it fail. */
  readonly includesEtcd: boolean;
  /** Whether it starts the balancer again by itself. */
  readonly restarts: boolean;
  /** What its failure does: give up at once, lose priority, or nothing at all. */
  readonly effect: "fault" | "priority" | "none";
  /** Where it is written: file and line. */
  readonly place: string;
}

/** The checks of the first member, those that move the virtual IP before those that do not. */
export function checkTimings(ranked: readonly Member[], cluster: ClusterPicture): readonly CheckTiming[] {
  const [first] = ranked;
  if (first === undefined) return [];
  const { instance, model } = first;
  const weights = new Map(instance.trackedScripts.map(({ name, weight }) => [name.value, weight?.value]));
  const scripts = model.scripts
    .filter(({ name }) => weights.has(name.value))
    .map((script) => scriptTiming(script, { ranked, cluster, weight: weights.get(script.name.value) }));
  const tracked = new Map(instance.trackedProcesses.map(({ name, weight }) => [name.value, weight?.value]));
  const processes = model.processes
    .filter(({ name }) => tracked.has(name.value))
    .map((process): CheckTiming => {
      const { position } = process.keyword;
      const count = (name: string): Setting => setting(name, undefined, { value: 1, position, unit: "" });
      return {
        name: process.name.value,
        asks: "process",
        interval: setting("delay", process.delay, { value: 0, position }),
        timeout: setting("delay", process.delay, { value: 0, position }),
        fall: count("fall"),
        rise: count("rise"),
        holdSeconds: undefined,
        limitSeconds: undefined,
        includesEtcd: false,
        restarts: false,
        effect: effectOf(tracked.get(process.name.value) ?? process.weight?.value ?? 0, ranked),
        place: placeText(position),
      };
    });
  const order = ["fault", "priority", "none"];
  return [...processes, ...scripts].toSorted((a, b) => order.indexOf(a.effect) - order.indexOf(b.effect));
}

interface Surroundings {
  readonly ranked: readonly Member[];
  readonly cluster: ClusterPicture;
  readonly weight: number | undefined;
}

function scriptTiming(script: VrrpScript, { ranked, cluster, weight }: Surroundings): CheckTiming {
  const [first] = ranked;
  const node = cluster.nodes.find(({ name }) => name === first?.node);
  const check: Check =
    first === undefined || node === undefined
      ? { commands: [], longest: undefined }
      : checkOf(script, { model: first.model, node });
  // `exec curl` is curl.
  const words = check.commands.map(({ words: [first = "", ...rest] }) => (first === "exec" ? rest : [first, ...rest]));
  const ports =
    node === undefined
      ? []
      : balancerPorts({ node, cluster, kubernetesMinor: 0, kubernetesVersion: "" }).map(({ port }) => port);
  const apiPorts = [6443, ...(ports.includes(6443) ? [9443] : [])].filter((port) => !ports.includes(port));
  const virtual = new Set(first?.instance.addresses.map(({ address }) => bareAddress(address.value)));
  const { position } = script.keyword;
  return {
    name: script.name.value,
    asks: askedBy(words, { ports, apiPorts, virtual }),
    interval: setting("interval", script.interval, { value: intervalOf(script), position }),
    timeout: setting("timeout", script.timeout, { value: timeoutOf(script), position }),
    fall: setting("fall", script.fall, { value: 1, position, unit: "" }),
    rise: setting("rise", script.rise, { value: 1, position, unit: "" }),
    holdSeconds: holdSeconds(words),
    limitSeconds: check.longest?.value,
    includesEtcd: words.some((command) =>
      command.some((word) => /\/(?:healthz|livez|readyz)(?!\?exclude=etcd)/.test(word)),
    ),
    restarts: words.some(startsService),
    effect: effectOf(weight ?? script.weight?.value ?? 0, ranked),
    place: placeText(position),
  };
}

/** What a holder's failing check does to the election; nothing where no backup is better than the holder then. */
function effectOf(weight: number, ranked: readonly Member[]): CheckTiming["effect"] {
  if (weight === 0) return "fault";
  const [holder, ...others] = ranked;
  if (holder === undefined || ranked.some(({ instance }) => instance.nopreempt?.value === true)) return "none";
  // Of one machine alone nobody knows what the others have.
  if (others.length === 0) return "priority";
  const best = Math.max(...others.map(({ instance }) => priorityOf(instance)));
  return priorityOf(holder.instance) - best < Math.abs(weight) ? "priority" : "none";
}

function askedBy(
  commands: readonly (readonly string[])[],
  {
    ports,
    apiPorts,
    virtual,
  }: { readonly ports: readonly number[]; readonly apiPorts: readonly number[]; readonly virtual: ReadonlySet<string> },
): CheckTiming["asks"] {
  // A second question, such as whether the virtual IP is reachable, does not decide.
  const asked = commands.filter(
    (words) => network.test(words[0] ?? "") && words.every((word) => !mentions(word, virtual)),
  );
  const numbers = asked.flatMap((words) => words.flatMap(portsIn));
  if (numbers.some((port) => ports.includes(port)))
    return asked.some((words) => words.some((word) => /\/(?:healthz|livez|readyz|version)/.test(word)))
      ? "api-through-balancer"
      : "balancer";
  if (numbers.some((port) => apiPorts.includes(port))) return "api-server";
  if (numbers.length > 0) return "balancer";
  return commands.some((words) => watching.test(words[0] ?? "") || words.includes("is-active")) ? "process" : "other";
}

const network = /(?:^|\/)(?:curl|wget|nc|ncat|netcat|socat)$/;
const watching = /(?:^|\/)(?:killall|pidof|pgrep|ps|kill)$/;

function mentions(word: string, addresses: ReadonlySet<string>): boolean {
  return [...addresses].some((address) => word.includes(`//${address}`) || word === address);
}

function portsIn(word: string): readonly number[] {
  const url = /^https?:\/\/[^/]*?:(\d{2,5})(?:\/|$)/.exec(word)?.[1];
  const bare = /^\d{2,5}$/.exec(word)?.[0];
  const port = Number(url ?? bare ?? 0);
  return port > 0 ? [port] : [];
}

// `connection 0.9` of our script: nc in the background, ended by whichever of it and a sleep is sooner.
function holdSeconds(commands: readonly (readonly string[])[]): number | undefined {
  const talks = commands.some(([command]) => command === "nc") && commands.some(([command]) => command === "wait");
  if (!talks) return undefined;
  const held = commands
    .filter(([command]) => command === "connection")
    .map((words) => Number(words[1]))
    .filter((seconds) => seconds > 0);
  return held.length === 0 ? undefined : Math.max(...held);
}

function startsService(words: readonly string[]): boolean {
  const [command = ""] = words;
  if (/(?:^|\/)(?:systemctl|service|rc-service)$/.test(command))
    return words.some((word) => /^(?:re)?start$/.test(word)) && words.some((word) => /nginx|haproxy/.test(word));
  return /(?:^|\/)(?:nginx|haproxy)$/.test(command);
}
