import type { HaproxyProxy } from "../../model/balancer.ts";
import type { Located } from "../../model/located.ts";
import type { FileRule, Hit } from "../rule.ts";
import { asTime, manual, oncePerPlace, pathOf } from "./hits.ts";
import { carryingProxies, entryProxies } from "./members.ts";

/** Idle watches are not cut. */
export const HA07: FileRule = {
  id: "HA07",
  name: "idle",
  aliases: ["HAPROXY-TIMEOUT", "HAPROXY-DISTRO"],
  scope: "haproxy",
  severity: "warning",
  summary: "Idle connections to an API server live on.",
  reason: `watches, exec and port-forward may be silent for long; client-go pings after 30 s, others do not. \`timeout tunnel\` takes the place of client and server once both sides are connected; ${manual("4.2-timeout tunnel")}`,
  remedy:
    "write `timeout tunnel 4h` with `timeout client 1m`, `timeout server 1m`, `timeout client-fin 10s`, `timeout server-fin 10s`",
  check: (model, context) => {
    const entries = entriesByBackend(entryProxies(model, context));
    return oncePerPlace(
      carryingProxies(model, context).flatMap((proxy) => [
        ...missing(proxy, "server"),
        ...(entries.get(proxy.name.value) ?? []).flatMap((entry) => [
          ...missing(entry, "client"),
          ...judge(entry, proxy),
        ]),
      ]),
    );
  },
};

/** Who leads to a backend; a `listen` section leads to itself. */
function entriesByBackend(entries: readonly HaproxyProxy[]): ReadonlyMap<string, readonly HaproxyProxy[]> {
  const byName = new Map<string, HaproxyProxy[]>();
  for (const entry of entries) {
    const targets = new Set([entry.name.value, ...entry.backends.map(({ value }) => value)]);
    for (const target of targets) {
      const same = byName.get(target);
      if (same === undefined) byName.set(target, [entry]);
      else same.push(entry);
    }
  }
  return byName;
}

function missing(proxy: HaproxyProxy, side: "client" | "server"): readonly Hit[] {
  if (proxy.timeouts.has(side)) return [];
  const message = `${pathOf(proxy)} has no \`timeout ${side}\`, so connections of dead peers stay for ever`;
  return [{ position: proxy.kind.position, path: pathOf(proxy, `timeout ${side}`), message }];
}

function judge(entry: HaproxyProxy, proxy: HaproxyProxy): readonly Hit[] {
  const tunnel = proxy.timeouts.get("tunnel");
  const path = pathOf(proxy, "timeout tunnel");
  if (tunnel !== undefined) {
    if (tunnel.value >= minute) return [];
    return [{ position: tunnel.position, path, message: `idle connections are cut after ${asTime(tunnel.value)}` }];
  }
  const client = entry.timeouts.get("client");
  const server = proxy.timeouts.get("server");
  const short = [client, server].find((timeout) => timeout !== undefined && timeout.value < minute);
  const shorter = short ?? shortest(client, server);
  if (shorter === undefined) return [];
  if (shorter.value < minute) {
    return [
      {
        position: shorter.position,
        path,
        message: `without \`timeout tunnel\` idle connections are cut after ${asTime(shorter.value)}`,
      },
    ];
  }
  if (client === undefined || server === undefined || client.value === server.value) return [];
  const message = `timeout client ${asTime(client.value)} and timeout server ${asTime(server.value)} differ: the shorter one cuts`;
  return [{ position: shorter.position, path, message, severity: "info" }];
}

function shortest(a: Located<number> | undefined, b: Located<number> | undefined): Located<number> | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.value <= b.value ? a : b;
}

const minute = 60_000;
