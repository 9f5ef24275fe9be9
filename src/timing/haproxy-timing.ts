import type { HaproxyModel, HaproxyProxy, HaproxyServer, Keyword } from "../model/balancer.ts";
import { parseHaproxyTime } from "../readers/haproxy-time.ts";
import { healthCheckOf } from "../rules/haproxy/health-check.ts";
import { carryingProxies, checkingServer, entryProxies } from "../rules/haproxy/members.ts";
import type { RuleContext } from "../rules/rule.ts";
import type { BalancerTiming, HealthTiming } from "./balancer-timing.ts";
import { placeText, setting, type Setting } from "./setting.ts";

/** The timing of haproxy; undefined where no backend leads to API servers. */
export function haproxyTiming(model: HaproxyModel, context: RuleContext): BalancerTiming | undefined {
  const entries = entryProxies(model, context);
  const carrying = carryingProxies(model, context);
  // With a backend for the case that nothing is ready, the usual one is what default_backend names.
  const usual = entries.flatMap(({ keywords }) => keywords).find(({ name }) => name.value === "default_backend");
  const proxy = carrying.find(({ name }) => name.value === usual?.arguments[0]?.value) ?? carrying[0];
  const server = proxy?.servers[0];
  if (proxy === undefined || server === undefined) return undefined;
  const own = healthOf(model, { proxy, server });
  const { position } = proxy.kind;
  const steering = steeringOf(model, proxy);
  const redispatch = proxy.keywords.some(({ name }) => name.value === "option redispatch");
  const retries = Number(last(proxy, "retries")?.arguments[0]?.value ?? 3);
  const connect = setting("timeout connect", inSeconds(proxy.timeouts.get("connect")), { value: Infinity, position });
  return {
    program: "haproxy",
    place: placeText(position),
    steering: steering ?? own,
    cutting: cuts(server) || tracksWhatCuts(model, { proxy, server }) ? own : undefined,
    fallsBack: steering !== undefined || new Set(carrying.map(({ name }) => name.value)).size > 1,
    redispatches: redispatch && retries > 0,
    connect,
    transparent: entries.some(({ binds }) =>
      binds.some(({ options }) => options.some(({ value }) => value === "transparent")),
    ),
    idle: idleOf(proxy, entries),
    servers: proxy.servers.map(({ host }) => host),
  };
}

interface Place {
  readonly proxy: HaproxyProxy;
  readonly server: HaproxyServer;
}

// `srv_is_up(ready/cp1)` in the rules that choose a server.
function steeringOf(model: HaproxyModel, { keywords }: HaproxyProxy): HealthTiming | undefined {
  const words = keywords.flatMap(({ arguments: list }) => list.map(({ value }) => value));
  const name = words.map((word) => /srv_is_up\(([^/)]+)\//.exec(word)?.[1]).find((found) => found !== undefined);
  const proxy = model.proxies.find((candidate) => candidate.name.value === name);
  const server = proxy?.servers[0];
  return proxy === undefined || server === undefined ? undefined : healthOf(model, { proxy, server });
}

function healthOf(model: HaproxyModel, start: Place): HealthTiming | undefined {
  const checking = checkingServer(model, start);
  if (checking === undefined) return undefined;
  const { proxy, server } = checking;
  const check = healthCheckOf(proxy);
  const { position } = server.keyword;
  const time = (name: string, fallback: Setting | number): Setting => {
    const option = server.options.get(name);
    const milliseconds = parseHaproxyTime(option?.value ?? "");
    const written =
      option && milliseconds !== undefined ? { value: milliseconds / 1000, position: option.position } : undefined;
    if (written === undefined && typeof fallback !== "number")
      return { ...fallback, name: `${name} = ${fallback.name}` };
    return setting(name, written, { value: typeof fallback === "number" ? fallback : 0, position });
  };
  const count = (name: string, fallback: number): Setting => {
    const option = server.options.get(name);
    const number = Number(option?.value ?? Number.NaN);
    const written = option && number > 0 ? { value: number, position: option.position } : undefined;
    return setting(name, written, { value: fallback, position, unit: "" });
  };
  const inter = time("inter", 2);
  const limit = proxy.timeouts.get("check");
  const connect = proxy.timeouts.get("connect");
  // https://docs.haproxy.org/3.0/configuration.html#4-timeout%20check
  const connectLimit =
    limit === undefined || connect === undefined ? inter.value : Math.min(inter.value, connect.value / 1000);
  return {
    asks: asksOf(check.kind, server.options.has("check-ssl") || check.tls !== undefined),
    path: check.kind === "http" ? (check.uri?.value ?? "/") : undefined,
    inter,
    fastinter: time("fastinter", inter),
    fall: count("fall", 3),
    rise: count("rise", 2),
    connectLimit,
    answerLimit: limit === undefined ? inter.value : limit.value / 1000,
  };
}

function asksOf(kind: ReturnType<typeof healthCheckOf>["kind"], tls: boolean): HealthTiming["asks"] {
  if (kind === "http" || kind === "tcp") return "answer";
  return tls || kind === "other" ? "handshake" : "connection";
}

function cuts({ options }: HaproxyServer): boolean {
  return options.get("on-marked-down")?.value === "shutdown-sessions";
}

function tracksWhatCuts(model: HaproxyModel, place: Place): boolean {
  const checking = checkingServer(model, place);
  return checking !== undefined && cuts(checking.server);
}

// A tunnel's limit takes the place of both others as soon as both sides are connected.
function idleOf(proxy: HaproxyProxy, entries: readonly HaproxyProxy[]): Setting {
  const sides = [proxy, ...entries];
  const fallback = { value: Infinity, position: proxy.kind.position };
  const tunnel = sides.map(({ timeouts }) => timeouts.get("tunnel")).find((found) => found !== undefined);
  if (tunnel !== undefined) return setting("timeout tunnel", inSeconds(tunnel), fallback);
  const limits = [
    ...entries.flatMap(({ timeouts }) => named(timeouts, "client")),
    ...named(proxy.timeouts, "server"),
  ].toSorted((a, b) => a.value - b.value);
  return limits[0] ?? setting("timeout client", undefined, fallback);
}

function named(timeouts: HaproxyProxy["timeouts"], name: string): readonly Setting[] {
  const found = timeouts.get(name);
  return found === undefined
    ? []
    : [setting(`timeout ${name}`, inSeconds(found), { value: 0, position: found.position })];
}

function last({ keywords }: HaproxyProxy, name: string): Keyword | undefined {
  return keywords.findLast((keyword) => keyword.name.value === name);
}

function inSeconds<Located extends { readonly value: number }>(milliseconds: Located | undefined): Located | undefined {
  return milliseconds && { ...milliseconds, value: milliseconds.value / 1000 };
}
