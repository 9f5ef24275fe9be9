import type { Located } from "../../model/located.ts";
import type { NodePicture } from "../../model/picture.ts";
import type { FileRule, Hit } from "../rule.ts";

/** Every balancer of a cluster knows the same API servers. */
export const CL05: FileRule = {
  id: "CL05",
  name: "backends-differ",
  scope: "cluster",
  severity: "warning",
  summary: "Every balancer of a cluster has the same backends.",
  reason:
    "what clients get depends on who holds the virtual IP: after a failover one API server gets nothing, or a machine that is none gets connections; it shows only then",
  remedy: "write the same servers on every node",
  check: ({ nodes }) => {
    return groups(inOrder(nodes).flatMap(backendsOf), ({ name }) => name).flatMap(differing);
  },
};

// Of a tie the first machine by name is the measure.
function inOrder(nodes: readonly NodePicture[]): readonly NodePicture[] {
  return nodes.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

interface Backend {
  /** The program and the name, the same on every node. */
  readonly name: string;
  readonly node: string;
  readonly keyword: Located<string>;
  readonly servers: ReadonlySet<string>;
}

function backendsOf({ name: node, haproxy, nginx }: NodePicture): readonly Backend[] {
  return [
    ...haproxy.flatMap(({ proxies }) =>
      proxies
        .filter(({ servers }) => servers.length > 0)
        .map(({ kind, name, servers }) => ({
          name: `${kind.value} ${name.value}`,
          node,
          keyword: kind,
          servers: new Set(servers.map(({ host, port }) => `${host} port ${port ?? "of the client"}`)),
        })),
    ),
    ...nginx.flatMap(({ upstreams }) =>
      upstreams.map(({ keyword, name, servers }) => ({
        name: `upstream ${name.value}`,
        node,
        keyword,
        servers: new Set(servers.map(({ address }) => address.value)),
      })),
    ),
  ];
}

/** Those that are not as most are; the first ones are right where there is no majority. */
function differing(backends: readonly Backend[]): readonly Hit[] {
  const lists = groups(backends, ({ servers }) => [...servers].toSorted().join(","));
  const [most] = lists.toSorted((a, b) => b.length - a.length);
  const [right] = most ?? [];
  const usual = new Set(most);
  if (right === undefined) return [];
  return backends
    .filter((backend) => !usual.has(backend))
    .map((backend) => ({
      position: backend.keyword.position,
      path: backend.name,
      message: `${backend.name} of ${backend.node} is not that of ${right.node}: ${difference(backend, right)}`,
    }));
}

function groups(backends: readonly Backend[], keyOf: (backend: Backend) => string): readonly (readonly Backend[])[] {
  const byKey = new Map<string, Backend[]>();
  for (const backend of backends) {
    const key = keyOf(backend);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [backend]);
    else same.push(backend);
  }
  return [...byKey.values()];
}

function difference({ servers }: Backend, right: Backend): string {
  const missing = [...right.servers].filter((server) => !servers.has(server));
  const extra = [...servers].filter((server) => !right.servers.has(server));
  return [
    ...(missing.length > 0 ? [`without ${missing.join(", ")}`] : []),
    ...(extra.length > 0 ? [`with ${extra.join(", ")}`] : []),
  ].join(" and ");
}
