import type { ClusterPicture, NodePicture } from "../../model/picture.ts";
import type { VrrpInstance } from "../../model/vrrp.ts";
import { parseAddress } from "../../net/address.ts";
import { bareAddress, type Member, routersOf } from "../../rules/keepalived/siblings.ts";

/** The election that moves the virtual IP of the API. */
export interface VirtualRouter {
  readonly members: readonly Member[];
  /** In canonical text, without prefix lengths. */
  readonly addresses: readonly string[];
  /** Whether a node that comes back may take the virtual IP from its holder. */
  readonly preempts: boolean;
}

/** The virtual router of the API: the one with an address, else the one with most members. */
export function virtualRouter(cluster: ClusterPicture, address: string | undefined): VirtualRouter | undefined {
  const routers = routersOf(cluster)
    .map((members): VirtualRouter => ({ members, addresses: addressesOf(members), preempts: preempts(members) }))
    .filter(({ addresses }) => addresses.length > 0);
  const named = routers.find(({ addresses }) => address !== undefined && addresses.includes(address));
  return named ?? routers.toSorted((a, b) => b.members.length - a.members.length)[0];
}

/** The part that a node has in it. */
export function instanceOf(router: VirtualRouter, node: NodePicture): VrrpInstance | undefined {
  return router.members.find((member) => member.node === node.name)?.instance;
}

function addressesOf(members: readonly Member[]): readonly string[] {
  const all = members.flatMap(({ instance }) => [...instance.addresses, ...instance.excludedAddresses]);
  return [...new Set(all.flatMap(({ address }) => parseAddress(bareAddress(address.value))?.text ?? []))];
}

// keepalived knows nopreempt only where every node begins as BACKUP.
function preempts(members: readonly Member[]): boolean {
  return members.some(({ instance: { nopreempt, state } }) => nopreempt?.value !== true || state?.value === "MASTER");
}
