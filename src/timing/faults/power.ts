import { announcementCause, nothing, silenceCause } from "../cause.ts";
import { afterPing, afterRetransmission, noticing, reopened } from "../client.ts";
import type { Fault } from "../fault.ts";
import { either, sum, untilRepair } from "../span.ts";
import { announcement, silence } from "../takeover.ts";
import { lossNotes } from "./network.ts";

export const holderPowerLoss: Fault = {
  name: "holder-power-loss",
  title: "holder loses power",
  summary: "The node with the virtual IP is off from one moment to the next. The repair switches it on.",
  figure: "blackout",
  predict: (cluster) => {
    const outage = sum(silence(cluster.agent), noticing);
    return {
      newConnections: outage,
      established: either(afterRetransmission(outage), afterPing(outage)),
      ...silenceCause(cluster.agent),
      notes: lossNotes(cluster),
    };
  },
};

export const holderReboot: Fault = {
  name: "holder-reboot",
  title: "holder reboots",
  summary:
    "keepalived (or kube-vip), balancer and API server of the node with the virtual IP are told to end at once, and 2 s later it is off. The repair switches it on.",
  figure: "blackout",
  predict: (cluster) => {
    const outage = sum(announcement(cluster.agent), noticing);
    return {
      newConnections: outage,
      established: either(sum(outage, reopened), afterPing(outage)),
      ...announcementCause(cluster.agent),
      notes: lossNotes(cluster),
    };
  },
};

export const allPowerLoss: Fault = {
  name: "all-power-loss",
  title: "all nodes lose power",
  summary:
    "Every node is off from one moment to the next. The repair switches on two of three (a majority), and the rest 5 s later.",
  figure: "blackout",
  predict: () => ({
    newConnections: untilRepair,
    established: untilRepair,
    ...nothing("the power: nobody is there"),
    notes: [
      "How long it takes once the nodes are up is what all-start says, after kubelet, etcd and API server have started.",
    ],
  }),
};
