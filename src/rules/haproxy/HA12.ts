import type { HaproxyBind, HaproxyModel } from "../../model/balancer.ts";
import type { NodePicture } from "../../model/picture.ts";
import { type AddressFamily, parseAddress } from "../../net/address.ts";
import { type HaproxyAddress, isLocalHost, parseHaproxyAddress } from "../../readers/haproxy-address.ts";
import { controlPlanesOf } from "../control-planes.ts";
import type { FileRule, Hit, RuleContext } from "../rule.ts";
import { manual, oncePerPlace, pathOf } from "./hits.ts";
import { entryProxies, memberProxies } from "./members.ts";

/** haproxy can listen where clients look for it. */
export const HA12: FileRule = {
  id: "HA12",
  name: "bind",
  aliases: ["PORT-CLASH"],
  scope: "haproxy",
  severity: "error",
  summary: "haproxy listens on a port of its own, on every virtual IP.",
  reason: `an API server listens on all addresses, so on its host not even VIP:6443 is free; an address that the machine does not have yet cannot be bound without \`transparent\` or ip_nonlocal_bind; \`*\` is IPv4 alone; ${manual("4.2-bind")}`,
  remedy: "write `bind :::8443 v4v6`",
  check: (model, context) => {
    const virtual = virtualAddresses(context.node);
    // Where kubeadm's document is there, KD11 says it at bindPort.
    const local = controlPlanesOf(context.node).length > 0 ? [] : localServers(model, context);
    const listeners = entryProxies(model, context).flatMap((proxy) =>
      proxy.binds.map((bind) => ({
        bind,
        address: parseHaproxyAddress(bind.address.value),
        path: pathOf(proxy, "bind"),
      })),
    );
    return oncePerPlace([
      ...listeners.flatMap((listener) => portHits(listener, local)),
      ...listeners.flatMap((listener) => absentHits(listener, virtual)),
      ...familyHits(listeners, virtual),
    ]);
  },
};

interface Listener {
  readonly bind: HaproxyBind;
  readonly address: HaproxyAddress;
  readonly path: string;
}

function virtualAddresses({ keepalived }: NodePicture): readonly string[] {
  return keepalived
    .flatMap(({ instances }) =>
      instances.flatMap(({ addresses, excludedAddresses }) => [...addresses, ...excludedAddresses]),
    )
    .flatMap(({ address }) => parseAddress(address.value.replace(/\/.*$/, ""))?.text ?? []);
}

function portHits({ bind, path }: Listener, local: readonly LocalServer[]): readonly Hit[] {
  const { port, lastPort } = bind;
  if (port === undefined || lastPort === undefined) return [];
  const clash = local.find((server) => server.port >= port && server.port <= lastPort);
  if (clash === undefined) return [];
  const message = `port ${clash.port} is taken on this machine by its own API server ${clash.host}`;
  return [{ position: bind.address.position, path, message }];
}

interface LocalServer {
  readonly host: string;
  readonly port: number;
}

/** The API servers that run beside this haproxy, as far as the files of the machine tell. */
function localServers(model: HaproxyModel, context: RuleContext): readonly LocalServer[] {
  const own = new Set([
    "127.0.0.1",
    "::1",
    "localhost",
    ...context.node.keepalived.flatMap(({ instances }) =>
      instances.flatMap((one) => [one.unicastSource?.value ?? [], one.multicastSource?.value ?? []].flat()),
    ),
  ]);
  const servers = memberProxies(model, context).flatMap((proxy) => proxy.servers);
  return servers.flatMap(({ name, host, port }) =>
    (own.has(host) || name.value === context.node.name) && port !== undefined ? [{ host, port }] : [],
  );
}

function absentHits({ bind, address, path }: Listener, virtual: readonly string[]): readonly Hit[] {
  if (!virtual.includes(address.host) || bind.options.some(({ value }) => value === "transparent")) return [];
  const message = `${address.host} is a virtual IP: where it is not, haproxy cannot bind it unless net.ipv4.ip_nonlocal_bind is 1`;
  return [
    {
      position: bind.address.position,
      path,
      message,
      severity: "warning",
      remedy: "write `bind :::8443 v4v6`, or add `transparent`",
    },
  ];
}

function familyHits(listeners: readonly Listener[], virtual: readonly string[]): readonly Hit[] {
  const [first] = listeners;
  if (first === undefined || listeners.every(({ address }) => isLocalHost(address.host))) return [];
  const families = new Set(virtual.map((address) => parseAddress(address)?.family));
  const { position } = first.bind.address;
  for (const family of [4, 6] as const) {
    if (listeners.some((listener) => accepts(listener, { family, virtual }))) continue;
    if (families.has(family)) {
      const message = `nothing listens on IPv${family}, but a virtual IP is an IPv${family} address`;
      return [{ position, path: first.path, message }];
    }
    if (family === 6 && ["", "*", "0.0.0.0"].includes(first.address.host)) {
      return [{ position, path: first.path, message: "only IPv4 is served", severity: "info" }];
    }
  }
  return [];
}

function accepts(
  { bind, address }: Listener,
  { family, virtual }: { readonly family: AddressFamily; readonly virtual: readonly string[] },
): boolean {
  const { host } = address;
  if (["", "*", "0.0.0.0", "::"].includes(host)) {
    const own = host === "::" || address.family === 6 ? 6 : 4;
    const only = bind.options.some(({ value }) => value === "v6only");
    return own === family || (own === 6 && !only);
  }
  return address.family === family && (virtual.length === 0 || virtual.includes(host));
}
