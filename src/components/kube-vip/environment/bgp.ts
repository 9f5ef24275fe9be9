import type { V1EnvVar } from "@kubernetes/client-node";

import type { BGPPeer } from "../../../config/kube-vip-spec.ts";
import { bracketed } from "../../../net/address.ts";
import type { Member } from "../member.ts";

/** Every node announces the address to its routers. */
export function bgpEnvironment(member: Member): readonly V1EnvVar[] {
  const { bgp } = member.spec.kubeVip;
  return [
    { name: "bgp_enable", value: "true" },
    { name: "bgp_routerid", ...routerID(member) },
    { name: "bgp_as", value: String(bgp.localAS) },
    { name: "bgp_peers", value: bgp.peers.map(peerText).join(",") },
    ...(bgp.sourceInterface === undefined ? [] : [{ name: "bgp_sourceif", value: bgp.sourceInterface }]),
    ...(bgp.sourceIP ? [{ name: "bgp_sourceip", ...ownAddress(member) }] : []),
    { name: "bgp_hold_time", value: String(bgp.holdTimeSeconds) },
    { name: "bgp_keepalive_interval", value: String(bgp.keepaliveIntervalSeconds) },
  ];
}

/**
 * address:AS:password:multihop:port:mpbgp:bfd. Fields at the end are left out, so that releases before
 * v1.2.2 read the same: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/kubevip/config_bgp.go
 */
function peerText({ address, as, multihop, bfd }: BGPPeer): string {
  return [bracketed(address.text), as, "", multihop, ...(bfd ? ["", "", "true;300;300;3"] : [])].join(":");
}

function routerID(member: Member): Omit<V1EnvVar, "name"> {
  const { spec, node, job } = member;
  const written = node.bgpRouterID ?? spec.kubeVip.bgp.routerID;
  const own = node.addresses.find(({ family }) => family === 4)?.text;
  if (job.as === "daemon-set") return ofPod;
  return { value: written ?? own ?? "" };
}

/** At a first boot a static pod has no address of its own yet, so it gets the node's in words. */
function ownAddress({ spec, node, job }: Member): Omit<V1EnvVar, "name"> {
  if (job.as === "daemon-set") return ofPod;
  const family = spec.kubeVip.bgp.peers[0]?.address.family;
  const address = node.addresses.find((candidate) => candidate.family === family) ?? node.addresses[0];
  return { value: address?.text ?? "" };
}

const ofPod = { valueFrom: { fieldRef: { fieldPath: "status.podIP" } } };
