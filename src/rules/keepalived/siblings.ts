import type { ClusterPicture } from "../../model/picture.ts";
import type { KeepalivedModel, VrrpInstance } from "../../model/vrrp.ts";

/** An instance together with the file and the machine it is in. */
export interface Member {
  readonly instance: VrrpInstance;
  readonly model: KeepalivedModel;
  readonly node: string;
}

/**
 * The same virtual router on the other machines: an instance of the same name, or one that shares a
 * virtual address. Files that lie side by side count as machines of their own, unless both send from
 * one address: then one is a copy.
 */
export function siblingsOf(member: Pick<Member, "instance" | "model">, cluster: ClusterPicture): readonly Member[] {
  return membersOf(cluster).filter(
    (other) =>
      other.model !== member.model &&
      isSameRouter(other.instance, member.instance) &&
      !isSameSource(other.instance, member.instance),
  );
}

/** Every instance of a cluster. */
export function membersOf(cluster: ClusterPicture): readonly Member[] {
  return cluster.nodes.flatMap((node) =>
    node.keepalived.flatMap((model) => model.instances.map((instance) => ({ instance, model, node: node.name }))),
  );
}

/** The virtual routers of a cluster, each with its members in the order of their files. */
export function routersOf(cluster: ClusterPicture): readonly (readonly Member[])[] {
  const routers: Member[][] = [];
  const members = membersOf(cluster).toSorted((a, b) => (a.model.file < b.model.file ? -1 : 1));
  for (const member of members) {
    const router = routers.find((members) => members.some((other) => isSameRouter(other.instance, member.instance)));
    const copied = router?.some(
      (other) => other.model === member.model || isSameSource(other.instance, member.instance),
    );
    if (router === undefined) routers.push([member]);
    else if (copied !== true) router.push(member);
  }
  return routers;
}

/** The bare address of `192.0.2.10/24`. */
export function bareAddress(text: string): string {
  return text.split("/")[0] ?? text;
}

function isSameRouter(a: VrrpInstance, b: VrrpInstance): boolean {
  if (a.name.value === b.name.value) return true;
  const addresses = new Set(a.addresses.map(({ address }) => bareAddress(address.value)));
  return b.addresses.some(({ address }) => addresses.has(bareAddress(address.value)));
}

function isSameSource(a: VrrpInstance, b: VrrpInstance): boolean {
  return a.unicastSource !== undefined && a.unicastSource.value === b.unicastSource?.value;
}
