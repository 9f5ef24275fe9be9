import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

import { start } from "../../../src/rehearse/lab/space.ts";
import { limitEtcdWrites } from "../etcd-disk.ts";
import type { ClusterFault } from "./fault.ts";

/**
 * Three busy loops for every core of this machine, spread over the control-plane nodes among whose own processes they
 * are, while each write of etcd's waits.
 */
export const busyMachine: ClusterFault = {
  name: "busy-machine",
  title: "three busy loops a core and slow disks of etcd for 10 min",
  seconds: 600,
  skip: ({ etcdDisks }) => (etcdDisks.size === 0 ? "etcd has no disk of its own" : undefined),
  inject: async ({ cluster, holder, others }) => {
    const nodes = [holder, ...others];
    for (const node of nodes) await limitEtcdWrites(cluster, node, writesPerSecond);
    for (let count = 0; count < 3 * availableParallelism(); count++) {
      const node = nodes[count % nodes.length] ?? holder;
      // They end by themselves and with the node, whatever becomes of this process.
      start(node.space, ["timeout", "600", "sh", "-c", "while :; do :; done"]);
    }
  },
  // An etcd that the kubelet has started anew is in another control group.
  during: async ({ cluster, holder, others }, ended) => {
    while (!ended()) {
      for (const node of [holder, ...others]) await limitEtcdWrites(cluster, node, writesPerSecond);
      for (let count = 0; count < 20 && !ended(); count++) await sleep(500);
    }
  },
  repair: async ({ cluster, holder, others }) => {
    for (const node of [holder, ...others]) await limitEtcdWrites(cluster, node, undefined);
  },
};

// A disk of the kind that etcd warns about; 99 of 100 fdatasync should end within 10 ms:
// https://etcd.io/docs/v3.6/faq/#what-does-the-etcd-warning-failed-to-send-out-heartbeat-on-time-mean
const writesPerSecond = 20;
