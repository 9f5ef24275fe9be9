import type { Problem, Rule } from "../rule.ts";
import { type ClusterSpec, controlPlaneNodes } from "../spec.ts";
import { refuseIf } from "./refuse.ts";

/** What a BGP session of each node needs. */
export const kubeVipBGP: Rule = {
  id: "kube-vip-bgp",
  summary: "With BGP there are peers, one source, and a router id for every node.",
  reason:
    "kube-vip ends at its start without a peer or with two sources, and routers drop the session of a second node with the same id: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/bgp/server.go",
  check: (spec) => {
    const { mode, bgp } = spec.kubeVip;
    if (mode !== "bgp") return [];
    return [
      ...refuseIf(bgp.peers.length === 0, "kubeVip.bgp.peers", [
        "there is no BGP peer",
        "write the routers, such as [{address: 192.168.10.1, as: 65001}]",
      ]),
      ...refuseIf(bgp.sourceIP && bgp.sourceInterface !== undefined, "kubeVip.bgp.sourceIP", [
        "sourceIP and sourceInterface are both given",
        "keep one of the two",
      ]),
      ...refuseIf(
        bgp.sourceIP && new Set(bgp.peers.map(({ address }) => address.family)).size > 1,
        "kubeVip.bgp.sourceIP",
        [
          "kube-vip has one source address for all sessions, and the peers are of both families",
          "use sourceInterface, or leave both out",
        ],
      ),
      ...unannounced(spec),
      ...refuseIf(
        spec.virtualIP.provider === "kube-vip" &&
          spec.serviceLoadBalancer !== undefined &&
          spec.serviceLoadBalancer.deployAs !== spec.deployAs,
        "serviceLoadBalancer.deployAs",
        ["two kube-vips of one node would have the same BGP sessions", "leave it out: one serves both"],
      ),
      ...repeatedPeers(spec),
      ...timers(spec),
      ...routerIDs(spec),
    ];
  },
};

/** A session carries routes of its own family only, unless the user's own variables say otherwise. */
function unannounced({ virtualIP, kubeVip: { bgp, extraEnv } }: ClusterSpec): readonly Problem[] {
  if (bgp.peers.length === 0 || extraEnv["mpbgp_nexthop"] !== undefined) return [];
  return virtualIP.addresses
    .filter(({ family }) => bgp.peers.every(({ address }) => address.family !== family))
    .flatMap(({ text, family }) =>
      refuseIf(virtualIP.provider === "kube-vip", "kubeVip.bgp.peers", [
        `${text} is announced to nobody: kube-vip offers IPv${family} routes to IPv${family} peers only`,
        `add the IPv${family} address of a router`,
      ]),
    );
}

function repeatedPeers({ kubeVip: { bgp } }: ClusterSpec): readonly Problem[] {
  return bgp.peers.flatMap(({ address }, index) =>
    refuseIf(bgp.peers.findIndex((peer) => peer.address.text === address.text) < index, `kubeVip.bgp.peers[${index}]`, [
      `${address.text} is a peer already`,
      "keep one of them",
    ]),
  );
}

function timers({ kubeVip: { bgp } }: ClusterSpec): readonly Problem[] {
  const { holdTimeSeconds: hold, keepaliveIntervalSeconds: keepalive } = bgp;
  const fractions = Object.entries({ holdTime: hold, keepaliveInterval: keepalive }).flatMap(([key, value]) =>
    refuseIf(!Number.isInteger(value) || value < 1, `kubeVip.bgp.${key}`, [
      `${value} s is not a whole number of seconds`,
      "BGP knows whole seconds only",
    ]),
  );
  return [
    ...fractions,
    // RFC 4271 section 4.2.
    ...refuseIf(hold < 3 || hold <= keepalive, "kubeVip.bgp.holdTime", [
      `${hold}s is not longer than keepaliveInterval ${keepalive}s, or shorter than the 3 s that BGP asks for`,
      "use 30s and 10s, or leave both out",
    ]),
  ];
}

function routerIDs(spec: ClusterSpec): readonly Problem[] {
  const nodes = controlPlaneNodes(spec);
  const { routerID } = spec.kubeVip.bgp;
  const own = (node: (typeof nodes)[number]): string | undefined =>
    node.bgpRouterID ??
    (nodes.length === 1 ? routerID : undefined) ??
    node.addresses.find(({ family }) => family === 4)?.text;
  const byPod = spec.deployAs === "daemon-set";
  return [
    ...refuseIf(routerID !== undefined && nodes.length > 1, "kubeVip.bgp.routerID", [
      `all ${nodes.length} nodes would have the router id ${routerID ?? ""}`,
      "leave it out: each node's IPv4 address is its id; others are nodes[].kubeVip.bgp.routerID",
    ]),
    ...nodes.flatMap((node, index) => [
      ...refuseIf(own(node) === undefined, `${node.path}.kubeVip.bgp.routerID`, [
        `${node.name} has no IPv4 address that could be its router id`,
        "write a number of this form that no other router has, such as 10.0.0.11",
      ]),
      ...refuseIf(byPod && node.bgpRouterID !== undefined, `${node.path}.kubeVip.bgp.routerID`, [
        "a DaemonSet has one manifest for all nodes, in which each has its address as router id",
        "leave it out, or use deployAs: static-pod",
      ]),
      ...refuseIf(
        own(node) !== undefined && nodes.findIndex((other) => own(other) === own(node)) < index,
        `${node.path}.kubeVip.bgp.routerID`,
        [`${own(node) ?? ""} is the router id of another node too`, "give every node its own"],
      ),
    ]),
  ];
}
