import type { V1Pod } from "@kubernetes/client-node";

import type { ClusterSpec } from "../../config/spec.ts";
import { staticPod } from "../../render/static-pod.ts";
import type { Comments } from "../../yaml/write.ts";
import { graceSeconds, haproxyMounts, haproxyPodComments, haproxyProbes } from "../haproxy/pod.ts";
import { workerProxyConfigPath } from "./config.ts";

/** The static pod of a worker's proxy: it binds nothing but loopback, so it has no rights at all. */
export function workerProxyPod(spec: ClusterSpec): V1Pod {
  return staticPod({
    name: workerProxyName,
    tier: "node",
    container: {
      image: spec.images.haproxy,
      command: ["haproxy", "-W", "-db", "-f", workerProxyConfigPath],
      ...haproxyProbes(spec),
      resources: { requests: { cpu: "10m", memory: "64Mi" } },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
        runAsGroup: imageUser,
        runAsNonRoot: true,
        runAsUser: imageUser,
      },
    },
    mounts: haproxyMounts,
    terminationGracePeriodSeconds: graceSeconds(spec),
  });
}

export const workerProxyName = "kubeadm-ha-proxy";

/** haproxy's own user in its official image. */
const imageUser = 99;

const capabilities = "spec.containers[0].securityContext.capabilities.add";

/** Why lines of the manifest are so, by their path. */
export const workerProxyPodComments: Comments = Object.fromEntries(
  Object.entries(haproxyPodComments).filter(([path]) => path !== capabilities),
);
