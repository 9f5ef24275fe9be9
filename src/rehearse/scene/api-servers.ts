import type { NginxUpstream } from "../../model/balancer.ts";
import type { ClusterPicture, NodePicture } from "../../model/picture.ts";
import { parseAddress, unusableReason } from "../../net/address.ts";
import { controlPlanes } from "../../rules/control-planes.ts";
import { carryingProxies } from "../../rules/haproxy/members.ts";
import { apiServerStreams } from "../../rules/nginx/api-servers.ts";
import type { RuleContext } from "../../rules/rule.ts";

/** An API server that a balancer leads to. */
export interface ApiServer {
  /** As the balancer calls it; nginx has no names. */
  readonly name: string | undefined;
  readonly address: string;
  readonly port: number;
}

/** The API servers behind the balancers of a cluster, each address once, in the order in which they are written. */
export function apiServers(cluster: ClusterPicture): readonly ApiServer[] {
  const all = cluster.nodes.flatMap((node) => [...behindHaproxy(node, cluster), ...behindNginx(node)]);
  const byAddress = new Map<string, ApiServer>();
  for (const server of all) if (!byAddress.has(server.address)) byAddress.set(server.address, server);
  return [...byAddress.values()];
}

/** The port on which the API servers listen. */
export function apiServerPort(cluster: ClusterPicture, servers: readonly ApiServer[]): number {
  return servers[0]?.port ?? controlPlanes(cluster)[0]?.port ?? 6443;
}

/** What rules about files want to know of a machine's surroundings. */
export function contextOf(node: NodePicture, cluster: ClusterPicture): RuleContext {
  return { node, cluster, kubernetesMinor: 0, kubernetesVersion: "" };
}

function behindHaproxy(node: NodePicture, cluster: ClusterPicture): readonly ApiServer[] {
  return node.haproxy
    .flatMap((model) => carryingProxies(model, contextOf(node, cluster)))
    .flatMap(({ servers }) =>
      servers.flatMap(({ name, host, port }) => reachable({ name: name.value, host, port: port ?? 6443 })),
    );
}

function behindNginx(node: NodePicture): readonly ApiServer[] {
  return node.nginx
    .flatMap((model) => apiServerStreams(model).upstreams)
    .flatMap(({ servers }) => servers.flatMap(upstreamServer));
}

function upstreamServer({ address }: NginxUpstream["servers"][number]): readonly ApiServer[] {
  const [, host = "", port = ""] = /^(.*):(\d+)$/.exec(address.value) ?? [];
  return reachable({ name: undefined, host: host.replaceAll(/[[\]]/g, ""), port: Number(port) });
}

// Names cannot be resolved where there is no resolver, and loopback is the machine itself.
function reachable({
  name,
  host,
  port,
}: {
  readonly name: string | undefined;
  readonly host: string;
  readonly port: number;
}): readonly ApiServer[] {
  const address = parseAddress(host);
  return address === undefined || unusableReason(address) !== undefined ? [] : [{ name, address: address.text, port }];
}
