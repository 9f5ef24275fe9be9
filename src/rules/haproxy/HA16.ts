import type { HaproxyModel, HaproxyProxy, HaproxyServer } from "../../model/balancer.ts";
import { bracketed, parseAddress } from "../../net/address.ts";
import { type ControlPlane, controlPlanes } from "../control-planes.ts";
import type { FileRule, Hit } from "../rule.ts";
import { manual, oncePerPlace, pathOf, serverPath } from "./hits.ts";
import { carryingProxies, checkingServer, memberProxies } from "./members.ts";

/** The backend holds every control plane, by its address and port. */
export const HA16: FileRule = {
  id: "HA16",
  name: "backend-members",
  aliases: ["EVEN-MEMBERS"],
  scope: "haproxy",
  severity: "warning",
  summary: "The backend holds every API server once, by IP address and with its port.",
  reason: `what is missing carries nothing and is not there when another one fails; two members are no quorum for etcd; names need a DNS server, which may itself need the API server; ${manual("5.2")}`,
  remedy: "write one `server NAME ADDRESS:6443` line for every control plane",
  check: (model, context) => {
    const known = controlPlanes(context.cluster);
    return oncePerPlace([
      ...memberProxies(model, context).flatMap((proxy) => [
        ...missingHits(proxy, known),
        ...serverHits({ model, proxy, known }),
      ]),
      ...carryingProxies(model, context).flatMap(countHits),
    ]);
  },
};

function missingHits(proxy: HaproxyProxy, known: readonly ControlPlane[]): readonly Hit[] {
  const hosts = new Set(proxy.servers.map(({ host }) => host));
  const missing = known.flatMap(({ address }) => (address !== undefined && !hosts.has(address) ? [address] : []));
  // Names may stand for any of them.
  if (missing.length === 0 || proxy.servers.some(({ host }) => parseAddress(host) === undefined)) return [];
  const message = `${pathOf(proxy)} has no server for the control plane${missing.length > 1 ? "s" : ""} ${missing.join(", ")}`;
  return [{ position: proxy.kind.position, path: pathOf(proxy), message }];
}

function countHits(proxy: HaproxyProxy): readonly Hit[] {
  const { servers } = proxy;
  // What a template makes is not counted.
  if (servers.some(({ keyword }) => keyword.value !== "server")) return [];
  const count = servers.length;
  if (count !== 1 && count % 2 === 1) return [];
  const message =
    count === 1
      ? `${pathOf(proxy)} has one server: when it fails nothing is left`
      : `${pathOf(proxy)} has ${count} servers, an even number: etcd survives no more failures than with ${count - 1}`;
  return [{ position: proxy.kind.position, path: pathOf(proxy), message }];
}

interface Subject {
  readonly model: HaproxyModel;
  readonly proxy: HaproxyProxy;
  readonly known: readonly ControlPlane[];
}

/** Once for the section, at the first: names and wrong ports mostly stand on every line. */
function serverHits({ model, proxy, known }: Subject): readonly Hit[] {
  const ports = new Map(known.map(({ address, port }) => [address, port]));
  const seen = new Map<string, HaproxyServer>();
  for (const server of proxy.servers) {
    const endpoint = `${server.host} ${server.port}`;
    const problem =
      nameProblem(server) ??
      portProblem(server, ports.get(server.host)) ??
      sameProblem(server, seen.get(endpoint)) ??
      trackProblem(server, checkingServer(model, { proxy, server })?.server);
    if (problem !== undefined)
      return [{ position: server.address.position, path: serverPath(proxy, server), ...problem }];
    seen.set(endpoint, server);
  }
  return [];
}

type Problem = Pick<Hit, "message" | "severity">;

function nameProblem({ host }: HaproxyServer): Problem | undefined {
  // What haproxy puts in itself, or a socket, is no name.
  if (parseAddress(host) !== undefined || /^$|^\/|@|\$/.test(host)) return undefined;
  return { message: `${host} is a name, so haproxy depends on DNS when it starts` };
}

function portProblem({ name, host, port, address }: HaproxyServer, right: number | undefined): Problem | undefined {
  if (port === undefined) {
    if (/^\/|@|\$/.test(address.value)) return undefined;
    return { message: `${name.value} has no port: haproxy takes the one that the client used` };
  }
  if (right === undefined || right === port) return undefined;
  return { message: `the API server of ${host} listens on ${right}, not on ${port}`, severity: "error" };
}

function sameProblem({ name }: HaproxyServer, other: HaproxyServer | undefined): Problem | undefined {
  if (other === undefined) return undefined;
  return { message: `${name.value} is the same API server as ${other.name.value}` };
}

function trackProblem({ host, options }: HaproxyServer, checking: HaproxyServer | undefined): Problem | undefined {
  const track = options.get("track");
  if (track === undefined || checking === undefined || checking.host === host) return undefined;
  return {
    message: `${bracketed(host)} tracks ${track.value}, which is another machine: ${checking.host}`,
    severity: "error",
  };
}
