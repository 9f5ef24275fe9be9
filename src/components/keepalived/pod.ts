import type { V1Pod } from "@kubernetes/client-node";

import type { ClusterSpec } from "../../config/spec.ts";
import { hostDirectory, hostDirectoryOrCreate, hostFile, memoryDirectory, staticPod } from "../../render/static-pod.ts";
import type { Comments } from "../../yaml/write.ts";
import { clusterCAPath } from "../cluster-ca.ts";
import { keepalivedConfigPath, keepalivedDirectory, runDirectory } from "./paths.ts";

/**
 * The static pod of keepalived. It has no liveness probe: whatever could be asked is already a
 * tracked check, killing keepalived moves the VIP, and a parent that dies restarts the container.
 */
export function keepalivedPod(spec: ClusterSpec): V1Pod {
  return staticPod({
    name: "keepalived",
    container: {
      image: spec.images.keepalived,
      command: ["sh", "-c", `rm -f ${parentPidPath} ${vrrpPidPath}; exec ${keepalivedCommand}`],
      resources: { requests: { cpu: "10m", memory: "32Mi" } },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { add: ["NET_ADMIN", "NET_RAW", "SETGID"], drop: ["ALL"] },
        readOnlyRootFilesystem: true,
        runAsGroup: 0,
        runAsUser: 0,
      },
    },
    mounts: [
      hostDirectory("config", keepalivedDirectory),
      memoryDirectory("run", "/run"),
      hostDirectoryOrCreate("run-kubeadm-ha", runDirectory),
      memoryDirectory("tmp", "/tmp"),
      ...(spec.loadBalancer.provider === "none" ? [hostFile("ca", clusterCAPath)] : []),
    ],
  });
}

/** Why lines of the manifest are so, by their path. */
export const keepalivedPodComments: Comments = {
  "spec.containers[0].command": `The pid files are in a volume that outlives the container: after a crash keepalived, process 1
again, would take its own old file for a running daemon and never start.`,
  "spec.containers[0].resources": "No CPU limit: throttled adverts are late adverts, and those move the VIP.",
  "spec.containers[0].securityContext.capabilities.add": `SETGID is for the check: without it keepalived 2.x cannot start the script and counts that as
success, so the VIP would stay with a dead balancer.`,
  "spec.volumes[0].hostPath":
    "The directory, not its files: a file replaced by rename would stay invisible in the pod.",
  "spec.volumes[2].hostPath":
    "The drain flag. keepalived can only watch for it in a directory that exists when it starts.",
};

const parentPidPath = "/run/keepalived.pid";
const vrrpPidPath = "/run/keepalived-vrrp.pid";
const keepalivedCommand = [
  "keepalived --dont-fork --log-console --log-detail --vrrp",
  `--pid=${parentPidPath} --vrrp_pid=${vrrpPidPath}`,
  `-f ${keepalivedConfigPath}`,
].join(" ");
