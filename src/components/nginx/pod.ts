import type { V1Pod, V1Probe } from "@kubernetes/client-node";

import type { ClusterSpec } from "../../config/spec.ts";
import { hostDirectory, memoryDirectory, type StaticPod, staticPod } from "../../render/static-pod.ts";
import type { Comments } from "../../yaml/write.ts";
import { nginxConfigPath, nginxDirectory } from "./config.ts";

/** The static pod of nginx. No hash of the configuration stands in it: a reload applies every line of nginx.conf. */
export function nginxPod(spec: ClusterSpec): V1Pod {
  return nginxStaticPod({ name: "nginx", container: nginxContainer(spec, nginxConfigPath) });
}

/** A static pod of an nginx that writes nothing but memory. */
export function nginxStaticPod(pod: Pick<StaticPod, "name" | "container"> & Partial<Pick<StaticPod, "tier">>): V1Pod {
  return staticPod({
    ...pod,
    mounts: [hostDirectory("config", nginxDirectory), memoryDirectory("tmp", "/tmp")],
    terminationGracePeriodSeconds: 30,
  });
}

/** The container of nginx with a configuration. */
export function nginxContainer(spec: ClusterSpec, config: string): StaticPod["container"] {
  const health = (path: string): Pick<V1Probe, "httpGet"> => ({
    httpGet: { host: "127.0.0.1", path, port: spec.loadBalancer.healthPort, scheme: "HTTP" },
  });
  return {
    image: spec.images.nginx,
    command: ["nginx", "-e", "stderr", "-c", config, "-g", "daemon off;"],
    startupProbe: { ...health("/livez"), periodSeconds: 2, failureThreshold: 30, timeoutSeconds: 2 },
    livenessProbe: { ...health("/livez"), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 2 },
    readinessProbe: { ...health("/readyz"), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 5 },
    resources: { requests: { cpu: "50m", memory: "64Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      runAsGroup: 101,
      runAsNonRoot: true,
      runAsUser: 101,
    },
  };
}

/** Why lines of the manifest are so, by their path. */
export const nginxPodComments: Comments = {
  "spec.containers[0].livenessProbe":
    "Asks nginx itself, not the API servers behind it: those being down is no reason to restart it.",
  "spec.containers[0].resources": "No CPU limit: a throttled balancer is a slow API.",
  "spec.containers[0].securityContext.runAsUser": "nginx in the official image; ports from 1024 on need no rights.",
  "spec.volumes[0].hostPath": "The directory, not the file: a file replaced by rename would stay invisible in the pod.",
};
