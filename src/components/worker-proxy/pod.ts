import type { V1Pod } from "@kubernetes/client-node";

import type { ClusterSpec } from "../../config/spec.ts";
import type { Comments } from "../../yaml/write.ts";
import { haproxyPod, haproxyPodComments } from "../haproxy/pod.ts";
import { workerProxyConfigPath } from "./config.ts";

/** The static pod of a worker's proxy: that of the balancer without its rights, since it binds nothing but loopback. */
export function workerProxyPod(spec: ClusterSpec): V1Pod {
  const { metadata, spec: podSpec, ...pod } = haproxyPod(spec);
  if (podSpec === undefined) throw new Error("the balancer's pod has no spec");
  return {
    ...pod,
    metadata: {
      ...metadata,
      labels: { "app.kubernetes.io/name": workerProxyName, component: workerProxyName },
      name: workerProxyName,
    },
    spec: {
      ...podSpec,
      containers: podSpec.containers.map((container) => ({
        ...container,
        name: workerProxyName,
        command: ["haproxy", "-W", "-db", "-f", workerProxyConfigPath],
        resources: { requests: { cpu: "10m", memory: "64Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          readOnlyRootFilesystem: true,
          runAsGroup: imageUser,
          runAsNonRoot: true,
          runAsUser: imageUser,
        },
      })),
    },
  };
}

export const workerProxyName = "kubeadm-ha-proxy";

/** haproxy's own user in its official image. */
const imageUser = 99;

const capabilities = "spec.containers[0].securityContext.capabilities.add";

/** Why lines of the manifest are so, by their path. */
export const workerProxyPodComments: Comments = Object.fromEntries(
  Object.entries(haproxyPodComments).filter(([path]) => path !== capabilities),
);
