/**
 * Checks of a run as a whole: what it finds depends on the configuration, the state and the files
 * together, so they stand in `apply` and in the node script; here they are explained.
 */
export const runChecks: readonly { readonly id: string; readonly summary: string; readonly reason: string }[] = [
  {
    id: "ClusterExists",
    summary:
      "The node that founds a cluster finds none at the endpoint, not even one that takes connections and hangs.",
    reason: "a first node that is set up again must never found a second cluster beside the one that lives",
  },
  {
    id: "ClusterUnknown",
    summary: "The node script can ask the endpoint, with curl, wget, bash or openssl.",
    reason: "without an answer nobody knows whether there is a cluster; --init or --join says it",
  },
  {
    id: "StackChanged",
    summary: "The node keeps its virtual IP's provider and its load balancer.",
    reason:
      "the old program and the new one would serve the virtual IP beside each other until the last node has changed",
  },
  {
    id: "NodeChanged",
    summary: "The machine keeps its name.",
    reason: "files of one node on another give two nodes the same priority and address",
  },
  {
    id: "ForeignFile",
    summary: "Where our files go there is nothing, or what an earlier run wrote.",
    reason:
      "what somebody else wrote must not be lost: --adopt keeps it below /etc/kubeadm-ha/adopted until reset puts it back",
  },
  {
    id: "ConfigCheck",
    summary: "On a live node the daemon itself accepts the changed configuration.",
    reason: "a file that the daemon refuses would stop it at its next start, on one node after the other",
  },
  {
    id: "VirtualRouterIDKept",
    summary: "The configuration gives the virtual router ID that the node has.",
    reason: "nodes with different IDs do not hear each other, and each takes the virtual IP",
  },
  {
    id: "RankKept",
    summary: "The configuration gives the rank that the node has.",
    reason: "ranks that move while nodes are renewed one after the other give two nodes the same priority",
  },
];
