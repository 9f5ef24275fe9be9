import { besideServers } from "../beside-servers.ts";
import { announcementCause, nothing, silenceCause } from "../cause.ts";
import { afterLostAttempt, afterPing, attemptSeconds, noticing } from "../client.ts";
import type { Fault } from "../fault.ts";
import { either, exactly, longest, span, sum, untilRepair } from "../span.ts";
import { announcement, silence } from "../takeover.ts";
import { lateMember, lossNotes } from "./network.ts";

export const holderPowerLoss: Fault = {
  name: "holder-power-loss",
  title: "holder loses power",
  summary: "The node with the virtual IP is off from one moment to the next. The repair switches it on.",
  figure: "blackout",
  predict: (cluster) => {
    const outage = sum(silence(cluster.agent), noticing);
    return {
      newConnections: outage,
      // A machine without power resets nothing.
      established: afterPing(outage, lateMember(besideServers(cluster))),
      ...silenceCause(cluster.agent),
      notes: lossNotes(cluster),
    };
  },
};

export const holderReboot: Fault = {
  name: "holder-reboot",
  title: "holder reboots",
  summary:
    "keepalived (or kube-vip), balancer and API server of the node with the virtual IP are told to end, keepalived first where our units order them, and 2 s later it is off. The repair switches it on.",
  figure: "blackout",
  predict: (cluster) => {
    const outage = sum(announcement(cluster.agent), noticing);
    const lost = longest(outage, exactly(attemptSeconds));
    return {
      newConnections: outage,
      // The balancer ends its connections, but the client's attempt still goes to the old node and is lost.
      established: either(span(outage.best, afterLostAttempt(exactly(0), lost).typical, lost.worst), afterPing(outage)),
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
