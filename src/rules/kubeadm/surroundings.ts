import { isRecord, readPath } from "../../config/paths.ts";
import type { NginxServer, NginxUpstream } from "../../model/balancer.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { ClusterPicture, NodePicture } from "../../model/picture.ts";
import { type Address, parseAddress } from "../../net/address.ts";
import { controlPlanes, controlPlanesOf } from "../control-planes.ts";
import { entryProxies, memberProxies } from "../haproxy/members.ts";
import type { RuleContext } from "../rule.ts";

/** The virtual addresses that keepalived or kube-vip bring to a machine. */
export function virtualAddresses({ keepalived, pods }: NodePicture): readonly Address[] {
  const ofKeepalived = keepalived.flatMap(({ instances }) =>
    instances.flatMap(({ addresses, excludedAddresses }) =>
      [...addresses, ...excludedAddresses].map(({ address }) => address.value),
    ),
  );
  const found = [...ofKeepalived, ...pods.flatMap(kubeVipAddresses)].flatMap(
    (text) => parseAddress(text.split("/")[0] ?? "") ?? [],
  );
  return [...new Map(found.map((address) => [address.text, address])).values()];
}

/** The same of all machines. */
export function clusterAddresses({ nodes }: ClusterPicture): readonly Address[] {
  const found = nodes.flatMap(virtualAddresses);
  return [...new Map(found.map((address) => [address.text, address])).values()];
}

/** A place where a balancer of a machine takes connections for API servers. */
export interface BalancerPort {
  readonly port: number;
  readonly program: string;
  readonly file: string;
  readonly line: number;
}

/** Where the balancers of a machine take connections that they give on to API servers. */
export function balancerPorts(context: RuleContext): readonly BalancerPort[] {
  return [...haproxyPorts(context), ...nginxPorts(context)];
}

/** The same, and ports that nftables of the machine lead to one of them. */
export function entryPorts(context: RuleContext): readonly BalancerPort[] {
  const ports = balancerPorts(context);
  const redirected = context.node.redirects.flatMap(({ from, to, position }) =>
    ports.filter(({ port }) => port === to).map(({ program }) => ({ port: from, program, ...position })),
  );
  return [...ports, ...redirected];
}

/** The port of a machine's API server. */
export function apiServerPort(node: NodePicture): number {
  return controlPlanesOf(node)[0]?.port ?? 6443;
}

/** How many nodes a cluster has at least, by its machines and by the members of its balancers. */
export function knownNodes(context: RuleContext): number {
  const { nodes } = context.cluster;
  const machines = nodes.filter(
    ({ keepalived, pods, kubeadm }) => keepalived.length + pods.length + kubeadm.length > 0,
  );
  const members = nodes.flatMap((node) => [
    ...node.haproxy.flatMap((model) => memberProxies(model, context)).map(({ servers }) => servers.length),
    ...node.nginx.flatMap(({ upstreams }) => upstreams).map(({ servers }) => apiMembers(servers, context).length),
  ]);
  return Math.max(machines.length, ...members);
}

function haproxyPorts(context: RuleContext): readonly BalancerPort[] {
  return context.node.haproxy
    .flatMap((model) => entryProxies(model, context))
    .flatMap(({ binds }) => binds)
    .flatMap(({ address: { position }, port }) =>
      port === undefined ? [] : [{ port, program: "haproxy", ...position }],
    );
}

function nginxPorts(context: RuleContext): readonly BalancerPort[] {
  return context.node.nginx.flatMap(({ servers, upstreams }) => {
    const leadsToAPI = ({ proxyPass }: NginxServer): boolean => {
      const members = upstreams.find(({ name }) => name.value === proxyPass?.value)?.servers;
      return apiMembers(members ?? (proxyPass === undefined ? [] : [{ address: proxyPass }]), context).length > 0;
    };
    return servers
      .filter(leadsToAPI)
      .flatMap(({ listen }) => listen)
      .flatMap(({ value, position }) => {
        const port = portIn(value);
        return port === undefined ? [] : [{ port, program: "nginx", ...position }];
      });
  });
}

type Member = Pick<NginxUpstream["servers"][number], "address">;

function apiMembers(servers: readonly Member[], { cluster }: RuleContext): readonly Member[] {
  const ports = new Set([6443, ...controlPlanes(cluster).map(({ port }) => port)]);
  return servers.filter(({ address }) => ports.has(portIn(address.value) ?? 0));
}

// Of 0.0.0.0:8443, [::]:8443 or 8443.
function portIn(address: string): number | undefined {
  const [, port] = /(?:^|:)(\d{1,5})$/.exec(address) ?? [];
  return port === undefined ? undefined : Number(port);
}

function kubeVipAddresses({ value }: YamlObject): readonly string[] {
  const containers = readPath(value, ["spec", "containers"]);
  if (!Array.isArray(containers)) return [];
  return containers
    .filter((container) => isRecord(container) && String(container["image"]).includes("kube-vip"))
    .flatMap((container) => {
      const environment: unknown = isRecord(container) ? container["env"] : undefined;
      if (!Array.isArray(environment)) return [];
      return environment.flatMap((entry: unknown) =>
        isRecord(entry) && /^(?:vip_)?address$/.test(String(entry["name"])) && typeof entry["value"] === "string"
          ? entry["value"].split(",").map((text) => text.trim())
          : [],
      );
    });
}
