import { agentNodes, type ClusterSpec, type NodeSpec, nodeAddress } from "../../config/spec.ts";
import { hasKeyword, optionalKeywords } from "../../config/host-needs.ts";
import { type Address, addressBits } from "../../net/address.ts";
import { factMarker, type FileContent, fixed } from "../../plan/plan.ts";
import { braces, comment, type Lines, textFile } from "../../render/text.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { virtualServers } from "../lvs/virtual-server.ts";
import { snippet } from "../snippet.ts";
import { healthCheck, scriptTimeoutSeconds } from "./health-check.ts";
import { drainFlagPath } from "./paths.ts";

/**
 * keepalived.conf of one node. All nodes have the same but for names, addresses, interface and priority.
 * A priority or virtual router ID that nobody chose stays what it was on a node: renumbering live nodes
 * one after the other would give two of them the same priority, or split them into two groups.
 */
export function keepalivedConfig(spec: ClusterSpec, node: NodeSpec): FileContent {
  const text = textFile([
    comment(`${generatedBy}\nWhat each keyword does: https://www.keepalived.org/manpage.html`),
    globalDefinitions(spec, node),
    // LVS has no process beside keepalived that could be asked.
    ...(spec.loadBalancer.provider === "lvs" ? [] : [checkScript(spec)]),
    braces("track_file drain", [
      ...comment(`\`echo 1 > ${drainFlagPath}\` hands the VIP over; no file counts as 0.`),
      `file "${drainFlagPath}"`,
      "weight 0",
    ]),
    vrrpInstance(spec, node),
    ...virtualServers(spec),
  ]);
  return fixed(text, {
    priority: String(vrrpPriority(rankOf(spec, node))),
    virtualRouterID: String(spec.keepalived.virtualRouterID),
  });
}

function rankOf(spec: ClusterSpec, node: NodeSpec): number {
  return node.rank ?? agentNodes(spec).indexOf(node);
}

/** 250 for the first in order of preference, 30 less for each further one: apart enough that two backups do not rise together. */
export function vrrpPriority(rank: number): number {
  return 250 - 30 * Math.min(Math.max(rank, 0), 8);
}

function globalDefinitions(spec: ClusterSpec, node: NodeSpec): Lines {
  const { realtimePriority } = spec.keepalived;
  return braces("global_defs", [
    `router_id ${node.name}`,
    ...comment("Run the check as root, and refuse it if anybody else could change it."),
    "script_user root",
    "enable_script_security",
    ...comment(
      "Announce a takeover at once and again after 1 s, and the VIP every 30 s: a switch or\nclient that missed it would otherwise talk to the old holder until its ARP entry ages.",
    ),
    "vrrp_garp_master_delay 1",
    "vrrp_garp_master_repeat 3",
    "vrrp_garp_master_refresh 30",
    "vrrp_garp_master_refresh_repeat 1",
    ...comment("After a network split that left two holders: the loser makes the winner announce itself."),
    "vrrp_higher_prio_send_advert true",
    "vrrp_garp_lower_prio_delay 1",
    "vrrp_garp_lower_prio_repeat 3",
    ...(realtimePriority > 0
      ? [
          ...comment("As you asked: real-time scheduling, ended by the kernel if it ever spins for 0.1 s."),
          `vrrp_rt_priority ${realtimePriority}`,
          "vrrp_rlimit_rttime 100000",
        ]
      : []),
    ...snippet(spec, "keepalived.global"),
  ]);
}

function checkScript(spec: ClusterSpec): Lines {
  const check = healthCheck(spec);
  return braces(`vrrp_script ${check.name}`, [
    `script "${check.path}"`,
    ...comment("Whole seconds: keepalived before 2.3.3 knows no others."),
    "interval 1",
    `timeout ${scriptTimeoutSeconds(spec)}`,
    ...comment(check.whyFall),
    `fall ${check.fall}`,
    "rise 1",
    ...comment(
      "Failing means FAULT: the VIP is given up at once. A weight would not do that under nopreempt:\nhttps://github.com/acassen/keepalived/issues/2599",
    ),
    "weight 0",
    ...comment("No VIP before the first answer."),
    "init_fail",
  ]);
}

function vrrpInstance(spec: ClusterSpec, node: NodeSpec): Lines {
  const [first] = spec.virtualIP.addresses;
  const inFamily = spec.virtualIP.addresses.filter(({ family }) => family === first?.family);
  const others = spec.virtualIP.addresses.filter(({ family }) => family !== first?.family);
  return braces("vrrp_instance kube_api", [
    ...comment("BACKUP on every node: the priority elects, and a node that comes back does not take the VIP back."),
    "state BACKUP",
    "nopreempt",
    ...comment(
      "Version 3 has intervals below 1 s and follows the holder's; its authentication, like\nversion 2's, would protect from nothing: let protocol 112 in from the peers only.",
    ),
    "version 3",
    `interface ${interfaceOf(node)}`,
    `virtual_router_id ${spec.keepalived.virtualRouterIDChosen ? spec.keepalived.virtualRouterID : factMarker("virtualRouterID")}`,
    `priority ${node.rankChosen ? vrrpPriority(rankOf(spec, node)) : factMarker("priority")}`,
    `advert_int ${spec.keepalived.advertisementInterval / 1000}`,
    // Its default, which older ones have too.
    ...(hasKeyword(spec, optionalKeywords.downTimerAdverts) ? ["down_timer_adverts 3"] : []),
    ...adverts(spec, node),
    ...signature(spec),
    ...comment("A node that loses its own address gives up."),
    "track_src_ip",
    ...braces(
      "virtual_ipaddress",
      inFamily.map((address) => virtualAddress(address, node)),
    ),
    ...(others.length === 0
      ? []
      : [
          ...comment("An instance votes in one family; the address of the other one moves along."),
          ...braces(
            "virtual_ipaddress_excluded",
            others.map((address) => virtualAddress(address, node)),
          ),
        ]),
    ...(spec.loadBalancer.provider === "lvs" ? [] : braces("track_script", [healthCheck(spec).name])),
    ...braces("track_file", ["drain"]),
    ...snippet(spec, "keepalived.instance"),
  ]);
}

function adverts(spec: ClusterSpec, node: NodeSpec): Lines {
  const [vip] = spec.virtualIP.addresses;
  const own = nodeAddress(node, vip).text;
  const peers = agentNodes(spec).filter(({ name }) => name !== node.name);
  // keepalived 2.2.5 and later complains of unicast keywords without a peer.
  if (peers.length === 0)
    return [...comment("Alone for now: with a second node this becomes unicast."), `mcast_src_ip ${own}`];
  if (spec.keepalived.multicast)
    return [
      ...comment("Multicast, as you asked: every machine of the segment hears it and can take part."),
      `mcast_src_ip ${own}`,
    ];
  return [
    ...comment("Unicast, since switches and clouds drop multicast; adverts from strangers are ignored."),
    `unicast_src_ip ${own}`,
    ...braces(
      "unicast_peer",
      peers.map((peer) => nodeAddress(peer, vip).text),
    ),
    "check_unicast_src",
  ];
}

function signature({ keepalived: { hmacKeyFile } }: ClusterSpec): Lines {
  if (hmacKeyFile === undefined) return [];
  return [
    ...comment(
      "Adverts are signed and carry the time, so that nobody else can send or repeat one: the same key\non all nodes, which nobody but root may read, and clocks that agree within seconds.",
    ),
    ...braces("auth_hmac", [`key 1 file:${hmacKeyFile}`, "active_key 1"]),
  ];
}

/** /32 and /128: no second route to the subnet, and the VIP is never chosen as a source address. */
function virtualAddress(address: Address, node: NodeSpec): string {
  return `${address.text}/${addressBits(address.family)} dev ${interfaceOf(node)}`;
}

function interfaceOf(node: NodeSpec): string {
  return node.interface ?? factMarker("interface");
}
