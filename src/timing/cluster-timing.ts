import type { ClusterPicture, NodePicture } from "../model/picture.ts";
import { readPath } from "../config/paths.ts";
import { parseAddress } from "../net/address.ts";
import { isEndpointProblem, parseEndpoint } from "../net/endpoint.ts";
import { bareAddress, type Member, routersOf } from "../rules/keepalived/siblings.ts";
import { entryPorts } from "../rules/kubeadm/surroundings.ts";
import type { RuleContext } from "../rules/rule.ts";
import type { BalancerTiming } from "./balancer-timing.ts";
import { haproxyTiming } from "./haproxy-timing.ts";
import { controlPlaneKubeVips, type LeaseTiming, leaseTiming } from "./lease-timing.ts";
import { nginxTiming } from "./nginx-timing.ts";
import { rivals } from "./takeover.ts";
import { type VrrpTiming, vrrpTiming } from "./vrrp-timing.ts";

/** A cluster as far as it decides about time, whatever it is written in. */
export interface ClusterTiming {
  readonly agent: VrrpTiming | LeaseTiming;
  /** In the way of clients; undefined where they reach an API server directly. */
  readonly balancer: BalancerTiming | undefined;
  /** What was concluded and may surprise, one sentence each. */
  readonly notes: readonly string[];
}

/** Why nothing can be predicted: what is missing, in words that follow the cluster's name. */
export interface MissingTiming {
  readonly missing: string;
}

/** The timing of a cluster. `endpoint`, HOST[:PORT], wins over what the files say. */
export function clusterTiming(cluster: ClusterPicture, endpoint?: string): ClusterTiming | MissingTiming {
  const stated = endpoint ?? statedEndpoint(cluster);
  const found = agentOf(cluster, stated);
  if ("missing" in found) return found;
  const { agent, node } = found;
  const context = contextOf(node, cluster);
  const ports = entryPorts(context).map(({ port }) => port);
  const parsed = stated === undefined ? undefined : parseEndpoint(stated);
  const port = parsed === undefined || isEndpointProblem(parsed) ? undefined : (parsed.port ?? 6443);
  const balancer = balancerOf(node, context);
  if (balancer === undefined && node.keepalived.some(({ virtualServers }) => virtualServers.length > 0))
    return { missing: "balances by LVS (virtual_server): how soon IPVS leaves a dead API server is not predicted" };
  const passes = balancer !== undefined && port !== undefined && ports.length > 0 && !ports.includes(port);
  return {
    agent,
    balancer: passes ? undefined : balancer,
    notes: [
      ...(passes
        ? [
            `Clients connect to port ${port} as controlPlaneEndpoint says: past the ${balancer.program} on port ${ports.join(", ")}, to the API server of the node that has the virtual IP.`,
          ]
        : []),
      ...(balancer === undefined
        ? [
            "No haproxy or nginx configuration among the files leads to API servers: predicted for clients that reach the API server of the node that has the virtual IP.",
          ]
        : []),
      ...(agent.kind === "vrrp" && agent.routers.length === 1
        ? ["Only one machine's keepalived was given: the others are taken to be like it."]
        : []),
      ...(agent.kind === "vrrp" ? rivalryNotes(agent) : [orphaned]),
    ],
  };
}

// https://github.com/kube-vip/kube-vip/issues/1786
const orphaned =
  "Not protected: where the service that runs kubelet and API server is stopped and its containers are not (RKE2, k3s), a kube-vip that reaches another API server keeps lease and address (kube-vip issue 1786).";

function rivalryNotes(agent: VrrpTiming): readonly string[] {
  const [first, second] = rivals(agent);
  if (first === undefined || second === undefined) return [];
  const nodes = `${first.node} (priority ${first.priority.value}) and ${second.node} (${second.priority.value})`;
  return [
    `${nodes} take over at the same moment; if the one that gives way spoke last, clients follow it for another ${agent.garpDelay} s (garp_master_delay). Priorities that differ by 30 prevent it.`,
  ];
}

function agentOf(
  cluster: ClusterPicture,
  stated: string | undefined,
): { readonly agent: ClusterTiming["agent"]; readonly node: NodePicture } | MissingTiming {
  const router = routerOf(cluster, stated);
  const vrrp = router === undefined ? undefined : vrrpTiming(router, cluster);
  const holder = cluster.nodes.find(({ name }) => name === vrrp?.routers[0]?.node);
  if (vrrp !== undefined && holder !== undefined) return { agent: vrrp, node: holder };
  const [kubeVip] = controlPlaneKubeVips(cluster);
  const balancing = cluster.nodes.find(({ haproxy, nginx }) => haproxy.length + nginx.length > 0);
  if (kubeVip === undefined)
    return {
      missing:
        balancing === undefined
          ? "has neither keepalived nor kube-vip: nothing holds a virtual IP"
          : "has a balancer, but neither keepalived nor kube-vip: nothing holds a virtual IP",
    };
  const lease = leaseTiming(kubeVip);
  const node = cluster.nodes.find(({ pods, objects }) => [...pods, ...objects].includes(kubeVip.pod.object));
  if (lease === undefined || node === undefined)
    return { missing: "has a kube-vip that elects nobody: how soon routers notice a fault is not in its files" };
  return { agent: lease, node: balancing ?? node };
}

// The one with the endpoint's address, else the one with most members.
function routerOf(cluster: ClusterPicture, stated: string | undefined): readonly Member[] | undefined {
  const routers = routersOf(cluster).toSorted((a, b) => b.length - a.length);
  const parsed = stated === undefined ? undefined : parseEndpoint(stated);
  const host = parsed === undefined || isEndpointProblem(parsed) ? undefined : parseAddress(parsed.host)?.text;
  const named = routers.find((members) =>
    members.some(({ instance }) =>
      instance.addresses.some(({ address }) => parseAddress(bareAddress(address.value))?.text === host),
    ),
  );
  return (host === undefined ? undefined : named) ?? routers[0];
}

function balancerOf(node: NodePicture, context: RuleContext): BalancerTiming | undefined {
  return [
    ...node.haproxy.map((model) => haproxyTiming(model, context)),
    ...node.nginx.map((model) => nginxTiming(model)),
  ].find((found) => found !== undefined);
}

function statedEndpoint(cluster: ClusterPicture): string | undefined {
  const texts = cluster.nodes
    .flatMap(({ kubeadm }) => kubeadm)
    .filter(({ kind }) => kind === "ClusterConfiguration")
    .map(({ value }) => readPath(value, ["controlPlaneEndpoint"]));
  return texts.find((text): text is string => typeof text === "string" && text !== "");
}

function contextOf(node: NodePicture, cluster: ClusterPicture): RuleContext {
  return { node, cluster, kubernetesMinor: 0, kubernetesVersion: "" };
}
