import type { HaproxyModel, HaproxyProxy, HaproxyServer } from "../../model/balancer.ts";
import { controlPlanes } from "../control-planes.ts";
import type { RuleContext } from "../rule.ts";

/** The backends (and `listen` sections) whose servers are API servers; other things that haproxy serves are left alone. */
export function memberProxies(model: HaproxyModel, context: RuleContext): readonly HaproxyProxy[] {
  const ports = new Set([6443, ...controlPlanes(context.cluster).map(({ port }) => port)]);
  // What a template will write there is not known.
  const unreadable = new Set(model.residue.map(({ position }) => position.line));
  return model.proxies.filter(({ name, servers }) =>
    servers.some(({ port, keyword }) => {
      if (unreadable.has(keyword.position.line)) return false;
      if (port === undefined) return serverName.test(name.value);
      return ports.has(port) || (serverName.test(name.value) && !otherPorts.has(port) && port < 30_000);
    }),
  );
}

/** Those of them that connections go through; the others only carry checks. */
export function carryingProxies(model: HaproxyModel, context: RuleContext): readonly HaproxyProxy[] {
  const members = memberProxies(model, context);
  const targets = model.proxies.flatMap(({ backends }) => backends.map(({ value }) => value));
  // A file of backends alone, or names that are made at run time, tell nothing.
  if (targets.length === 0 || targets.some((target) => target.includes("%["))) return members;
  const wanted = new Set(targets);
  const carrying = members.filter(({ kind, name }) => kind.value === "listen" || wanted.has(name.value));
  return carrying.length > 0 ? carrying : members;
}

/** The frontends (and `listen` sections) that lead to API servers. */
export function entryProxies(model: HaproxyModel, context: RuleContext): readonly HaproxyProxy[] {
  const names = new Set(carryingProxies(model, context).map(({ name }) => name.value));
  return model.proxies.filter(
    ({ kind, name, backends }) =>
      (kind.value === "listen" && names.has(name.value)) || backends.some(({ value }) => names.has(value)),
  );
}

/** A server whose checks decide about another one, with its proxy. */
export interface Checking {
  readonly proxy: HaproxyProxy;
  readonly server: HaproxyServer;
}

/** Who checks a server: itself, or the one that it tracks; undefined when nobody does. */
export function checkingServer(model: HaproxyModel, start: Checking): Checking | undefined {
  let current: Checking | undefined = start;
  // Longer chains exist in no file that was not made to have them.
  for (let step = 0; step < 10 && current !== undefined; step++) {
    const { proxy, server }: Checking = current;
    const track = server.options.get("track");
    if (track === undefined) return server.options.has("check") ? current : undefined;
    const parts = track.value.split("/");
    const name = parts.at(-1);
    const target: HaproxyProxy | undefined = parts.length === 1 ? proxy : serverProxies(model).get(parts[0] ?? "");
    const tracked = target && serversByName(target).get(name ?? "");
    current = target && tracked && { proxy: target, server: tracked };
  }
  return undefined;
}

// Kept for each model, so that many servers cost no more than their number.
function serverProxies(model: HaproxyModel): ReadonlyMap<string, HaproxyProxy> {
  const known = proxyIndexes.get(model);
  if (known !== undefined) return known;
  const index = new Map(
    model.proxies.flatMap((proxy) => (proxy.servers.length > 0 ? [[proxy.name.value, proxy] as const] : [])),
  );
  proxyIndexes.set(model, index);
  return index;
}

function serversByName(proxy: HaproxyProxy): ReadonlyMap<string, HaproxyServer> {
  const known = serverIndexes.get(proxy);
  if (known !== undefined) return known;
  const index = new Map(proxy.servers.map((server) => [server.name.value, server]));
  serverIndexes.set(proxy, index);
  return index;
}

const proxyIndexes = new WeakMap<HaproxyModel, ReadonlyMap<string, HaproxyProxy>>();
const serverIndexes = new WeakMap<HaproxyProxy, ReadonlyMap<string, HaproxyServer>>();

/** The proxies that check API servers themselves. */
export function checkingProxies(model: HaproxyModel, context: RuleContext): readonly HaproxyProxy[] {
  return memberProxies(model, context).filter(({ servers }) => servers.some(checksItself));
}

/** Whether a server is checked on its own account. */
export function checksItself({ options }: HaproxyServer): boolean {
  return options.has("check") && !options.has("track");
}

const serverName = /api-?_?server|kube-?_?api|k8s-?_?api|kube-?_?master|k8s-?_?master|control-?_?plane|master/i;

// Ingress, the machine configuration of OpenShift and the supervisor of RKE2 stand on the same hosts.
const otherPorts: ReadonlySet<number> = new Set([80, 443, 8080, 9345, 22_623, 22_624]);
