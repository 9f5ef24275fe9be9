import type { ClusterPicture } from "../../model/picture.ts";
import type { KeepalivedModel, VrrpInstance } from "../../model/vrrp.ts";

/** An instance together with the file and the machine it is in. */
export interface Member {
  readonly instance: VrrpInstance;
  readonly model: KeepalivedModel;
  readonly node: string;
}

/** The other members of an instance's virtual router. */
export function siblingsOf(instance: VrrpInstance, cluster: ClusterPicture): readonly Member[] {
  const known = siblings.get(cluster) ?? new Map<VrrpInstance, readonly Member[]>();
  if (!siblings.has(cluster)) {
    siblings.set(cluster, known);
    for (const members of routersOf(cluster)) for (const member of members) known.set(member.instance, members);
  }
  return (known.get(instance) ?? []).filter((member) => member.instance !== instance);
}

// Every instance asks; grouping them all again for each would take quadratic time.
const siblings = new WeakMap<ClusterPicture, Map<VrrpInstance, readonly Member[]>>();

/** Every instance of a cluster. */
export function membersOf(cluster: ClusterPicture): readonly Member[] {
  return cluster.nodes.flatMap((node) =>
    node.keepalived.flatMap((model) => model.instances.map((instance) => ({ instance, model, node: node.name }))),
  );
}

/**
 * The virtual routers of a cluster, each with its members in the order of the machines' names:
 * instances that share a virtual address, or where none can be read have the same name and id. Files
 * that lie side by side count as machines of their own, unless both send from one address: then one
 * is a copy.
 */
export function routersOf(cluster: ClusterPicture): readonly (readonly Member[])[] {
  return group(cluster, ({ addresses, ...instance }) => {
    const name = namesakeKey(instance);
    if (addresses.length === 0) return { own: [`nameless ${name}`], sought: [`named ${name}`, `nameless ${name}`] };
    const shared = addresses.map(({ address }) => `at ${bareAddress(address.value)}`);
    return { own: [...shared, `named ${name}`], sought: [...shared, `nameless ${name}`] };
  });
}

/** Instances of one name and id, which are meant to be one virtual router. */
export function namesakesOf(cluster: ClusterPicture): readonly (readonly Member[])[] {
  return group(cluster, (instance) => {
    const keys = [namesakeKey(instance)];
    return { own: keys, sought: keys };
  });
}

/** The bare address of `192.0.2.10/24`. */
export function bareAddress(text: string): string {
  return text.split("/")[0] ?? text;
}

function namesakeKey({ name, virtualRouterID }: Pick<VrrpInstance, "name" | "virtualRouterID">): string {
  return `${name.value} ${virtualRouterID?.value ?? "?"}`;
}

interface Keys {
  /** Under which later members find this one. */
  readonly own: readonly string[];
  /** Under which it looks for earlier ones. */
  readonly sought: readonly string[];
}

interface Router {
  readonly members: Member[];
  readonly models: Set<KeepalivedModel>;
  readonly sources: Set<string>;
}

function group(cluster: ClusterPicture, keysOf: (instance: VrrpInstance) => Keys): readonly (readonly Member[])[] {
  const routers: Router[] = [];
  const byKey = new Map<string, Router>();
  for (const member of inOrder(membersOf(cluster))) {
    const { own, sought } = keysOf(member.instance);
    const found = sought.map((key) => byKey.get(key)).find((router) => router !== undefined);
    const router = found ?? { members: [], models: new Set(), sources: new Set() };
    if (found === undefined) routers.push(router);
    for (const key of own) if (!byKey.has(key)) byKey.set(key, router);
    add(member, router);
  }
  return routers.map(({ members }) => members);
}

function add(member: Member, { members, models, sources }: Router): void {
  const source = member.instance.unicastSource?.value;
  if (models.has(member.model) || (source !== undefined && sources.has(source))) return;
  members.push(member);
  models.add(member.model);
  if (source !== undefined) sources.add(source);
}

function inOrder(members: readonly Member[]): readonly Member[] {
  return members.toSorted((a, b) => compare(a.node, b.node) || compare(a.model.file, b.model.file));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
