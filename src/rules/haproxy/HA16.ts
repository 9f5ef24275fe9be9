import type { HaproxyModel, HaproxyProxy, HaproxyServer } from "../../model/balancer.ts";
import { bracketed, parseAddress } from "../../net/address.ts";
import { controlPlanes } from "../control-planes.ts";
import type { FileRule, Hit, RuleContext } from "../rule.ts";
import { manual, oncePerPlace, pathOf, serverPath } from "./hits.ts";
import { carryingProxies, checkingServer, memberProxies } from "./members.ts";

/** The backend holds every control plane, by its address and port. */
export const HA16: FileRule = {
  id: "HA16",
  name: "members",
  scope: "haproxy",
  severity: "warning",
  summary: "The backend holds every API server once, by IP address and with its port.",
  reason: `what is missing carries nothing and is not there when another one fails; two members are no quorum for etcd; names need a DNS server, which may itself need the API server; ${manual("5.2")}`,
  remedy: "write one `server NAME ADDRESS:6443` line for every control plane",
  check: (model, context) =>
    oncePerPlace([
      ...memberProxies(model, context).flatMap((proxy) => [
        ...missingHits(proxy, context),
        // Once for the section, at the first: names and wrong ports mostly stand on every line.
        ...proxy.servers.flatMap((server) => serverHits({ model, context, proxy, server })).slice(0, 1),
      ]),
      ...carryingProxies(model, context).flatMap(countHits),
    ]),
};

function missingHits(proxy: HaproxyProxy, { cluster }: RuleContext): readonly Hit[] {
  const hosts = new Set(proxy.servers.map(({ host }) => host));
  const missing = controlPlanes(cluster).flatMap(({ address }) =>
    address !== undefined && !hosts.has(address) ? [address] : [],
  );
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
  readonly context: RuleContext;
  readonly proxy: HaproxyProxy;
  readonly server: HaproxyServer;
}

function serverHits(subject: Subject): readonly Hit[] {
  const { proxy, server } = subject;
  const { position } = server.address;
  const problem = nameProblem(server) ?? portProblem(subject) ?? sameProblem(proxy, server) ?? trackProblem(subject);
  return problem === undefined ? [] : [{ position, path: serverPath(proxy, server), ...problem }];
}

type Problem = Pick<Hit, "message" | "severity">;

function nameProblem({ host }: HaproxyServer): Problem | undefined {
  // What haproxy puts in itself, or a socket, is no name.
  if (parseAddress(host) !== undefined || host.includes("$") || host.startsWith("/") || host === "") return undefined;
  return { message: `${host} is a name, so haproxy depends on DNS when it starts` };
}

function portProblem({ context, server }: Subject): Problem | undefined {
  const { host, port } = server;
  if (port === undefined) {
    if (host.startsWith("/") || server.address.value.includes("$")) return undefined;
    return { message: `${server.name.value} has no port: haproxy takes the one that the client used` };
  }
  const right = controlPlanes(context.cluster).find(({ address }) => address === host);
  if (right === undefined || right.port === port) return undefined;
  return { message: `the API server of ${host} listens on ${right.port}, not on ${port}`, severity: "error" };
}

function sameProblem({ servers }: HaproxyProxy, server: HaproxyServer): Problem | undefined {
  const first = servers.find(({ host, port }) => host === server.host && port === server.port);
  if (first === undefined || first === server) return undefined;
  return { message: `${server.name.value} is the same API server as ${first.name.value}` };
}

function trackProblem({ model, proxy, server }: Subject): Problem | undefined {
  const track = server.options.get("track");
  const checking = track && checkingServer(model, { proxy, server })?.server;
  if (track === undefined || checking === undefined || checking.host === server.host) return undefined;
  const message = `${bracketed(server.host)} tracks ${track.value}, which is another machine: ${checking.host}`;
  return { message, severity: "error" };
}
