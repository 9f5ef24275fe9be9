import type { ClusterPicture, NodePicture } from "../../model/picture.ts";
import { parseAddress } from "../../net/address.ts";
import { advertiseAddresses } from "../../rules/keepalived/kubeadm-addresses.ts";
import { contextOf, type ApiServer } from "./api-servers.ts";
import { balancerPorts } from "../../rules/kubeadm/surroundings.ts";
import { configuredNodes } from "./configured-nodes.ts";
import { runsKeepalived, type SceneFiles } from "./scene-input.ts";

/** A machine of the cluster, by whatever its files tell. */
export interface Machine {
  readonly name: string;
  /** Undefined for an API server of whose machine no file was given. */
  readonly picture: NodePicture | undefined;
  /** In canonical text; none when no file tells them. */
  readonly addresses: readonly string[];
  readonly hasApiServer: boolean;
}

/** The machines of a cluster by name: those with keepalived, and those of every API server. */
export function machinesOf({ cluster, inputs }: SceneFiles, servers: readonly ApiServer[]): readonly Machine[] {
  const configured = configuredNodes(inputs);
  const pictures = cluster.nodes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const own = new Map(
    pictures.map((node) => [node, [...statedAddresses(node), ...(configured.get(node.name) ?? [])].flatMap(canonical)]),
  );
  const placed = placeServers(pictures, { cluster, servers, own });
  const machines = pictures
    .filter((node) => runsKeepalived(node) || placed.has(node))
    .map((node): Machine => {
      const served = placed.get(node)?.address;
      return {
        name: node.name,
        picture: node,
        addresses: [...new Set([...(own.get(node) ?? []), ...(served === undefined ? [] : [served])])],
        hasApiServer: servers.length === 0 || served !== undefined,
      };
    });
  const taken = new Set(placed.values());
  const others = servers.filter((server) => !taken.has(server)).map(strangerWith(machines.map(({ name }) => name)));
  return [...machines, ...others];
}

// No file of its own was given: nothing but an API server runs there.
function strangerWith(names: readonly string[]) {
  return ({ name, address }: ApiServer, index: number): Machine => {
    const free = name !== undefined && !names.includes(name) ? name : `api-server-${index + 1}`;
    return { name: free, picture: undefined, addresses: [address], hasApiServer: true };
  };
}

function statedAddresses(node: NodePicture): readonly string[] {
  const ofInstances = node.keepalived
    .flatMap(({ instances }) => instances)
    .flatMap(({ unicastSource, multicastSource }) => [unicastSource?.value, multicastSource?.value])
    .filter((text) => text !== undefined);
  return [...advertiseAddresses(node), ...ofInstances];
}

function canonical(text: string): readonly string[] {
  const address = parseAddress(text);
  return address === undefined ? [] : [address.text];
}

interface Placing {
  readonly cluster: ClusterPicture;
  readonly servers: readonly ApiServer[];
  readonly own: ReadonlyMap<NodePicture, readonly string[]>;
}

// By address, then by name; what says neither is taken in order, as its author wrote both lists.
function placeServers(
  pictures: readonly NodePicture[],
  { cluster, servers, own }: Placing,
): ReadonlyMap<NodePicture, ApiServer> {
  const placed = new Map<NodePicture, ApiServer>();
  const place = (node: NodePicture, server: ApiServer | undefined): void => {
    if (server !== undefined) placed.set(node, server);
  };
  for (const node of pictures) {
    const addresses = own.get(node) ?? [];
    const byAddress = servers.find(({ address }) => addresses.includes(address));
    place(node, byAddress ?? (addresses.length > 0 ? undefined : servers.find(({ name }) => name === node.name)));
  }
  for (const node of pictures.filter((one) => runsKeepalived(one) && (own.get(one) ?? []).length === 0)) {
    const taken = new Set(placed.values());
    const free = servers.find((server) => !taken.has(server) && !clashes(node, { cluster, port: server.port }));
    if (!placed.has(node)) place(node, free);
  }
  return placed;
}

// A balancer on the API server's own port is on another machine.
function clashes(
  node: NodePicture,
  { cluster, port }: { readonly cluster: ClusterPicture; readonly port: number },
): boolean {
  return balancerPorts(contextOf(node, cluster)).some((balancer) => balancer.port === port);
}
