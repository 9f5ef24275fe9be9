import * as v from "valibot";

import { described, key } from "./key.ts";
import {
  autonomousSystem,
  duration,
  environmentName,
  hostName,
  integer,
  interfaceName,
  ipv4Address,
  listenAddress,
  nodeAddress,
  oneOf,
  plainText,
} from "./values.ts";

const peer = v.object({
  address: described(nodeAddress(), "the router's address"),
  as: described(autonomousSystem(), "the router's autonomous system"),
  passwordFile: key(plainText(), "file with the password of the session (TCP MD5), where the files are made"),
  multihop: key(v.boolean(), "whether the router is more than one hop away"),
  bfd: key(v.boolean(), "whether BFD finds a dead session, 3 packets of 300 ms"),
});

const bgp = v.object({
  localAS: key(autonomousSystem(), "autonomous system of the nodes"),
  routerID: key(ipv4Address(), "BGP router id where there is one node; else nodes[].kubeVip.bgp.routerID"),
  peers: key(v.array(peer), "the routers"),
  sourceInterface: key(interfaceName(), "interface from which the sessions start"),
  sourceIP: key(v.boolean(), "sessions start from the node's own address"),
  holdTime: key(duration(), "silence after which a session is dead"),
  keepaliveInterval: key(duration(), "time between two keepalive messages"),
  healthCheck: key(v.boolean(), "announce the address only while /livez of the node's API server is 200"),
});

/** The key kubeVip. */
export const kubeVipSchema = v.object({
  mode: key(oneOf(["arp", "bgp", "routing-table"]), "how the virtual IP is announced"),
  bootstrapCredential: key(
    oneOf(["auto", "super-admin", "admin"]),
    "kubeconfig of the first node's pod until finalize",
  ),
  election: key(oneOf(["lease", "etcd"]), "how the holder is elected"),
  leaseDuration: key(duration(), "how long the holder's lease lasts without renewal"),
  renewDeadline: key(duration(), "how long the holder tries to renew before it gives up"),
  retryPeriod: key(duration(), "time between two tries"),
  bgp: key(bgp, "BGP settings"),
  routingTable: key(
    v.object({
      table: key(integer(1, 2_147_483_647), "number of the routing table that a routing daemon exports"),
      protocol: key(integer(1, 255), "protocol number of the routes"),
      clean: key(v.boolean(), "remove routes of an earlier run at the start"),
    }),
    "routing table settings",
  ),
  ipvs: key(
    v.object({
      forwardingMethod: key(
        oneOf(["masquerade", "local", "tunnel", "directroute", "bypass"]),
        "how IPVS hands a connection to an API server",
      ),
      checkInterval: key(duration(), "time between two checks of an API server"),
    }),
    "IPVS load balancing by the holder",
  ),
  dns: key(
    v.object({
      name: described(hostName(), "name whose address is the virtual IP"),
      mode: key(oneOf(["first", "ipv4", "ipv6", "dual"]), "which of the name's addresses"),
      dynamic: key(v.boolean(), "get the address by DHCP under this name (DDNS)"),
    }),
    "a virtual IP that is looked up",
  ),
  nodeLabeling: key(v.boolean(), "label the node that holds the virtual IP"),
  preserveOnLeadershipLoss: key(
    v.boolean(),
    "keep an IPv4 virtual IP when the lease is lost: at worst two nodes have it",
  ),
  loseLeadershipAfter: key(duration(), "give the lease up when the interface has had no link for so long"),
  metricsAddress: key(listenAddress(), "where metrics are served; empty switches them off"),
  hosts: key(
    oneOf(["auto", "file", "alias", "address"]),
    "how the pod finds the API server of its own node: by a hosts file, by hostAliases, or by the node's address",
  ),
  extraEnv: key(v.record(environmentName(), plainText()), "further environment of kube-vip"),
});

/** nodes[].kubeVip: what one node has for itself. */
export const nodeKubeVipSchema = v.object({
  bgp: key(v.object({ routerID: key(ipv4Address(), "BGP router id") }), "BGP settings of this node"),
});
