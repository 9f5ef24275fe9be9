import type { V1Container, V1HTTPGetAction, V1Pod } from "@kubernetes/client-node";

import type { ClusterSpec } from "../../config/spec.ts";
import { hostDirectory, hostFile, staticPod } from "../../render/static-pod.ts";
import type { Comments } from "../../yaml/write.ts";
import { clusterCAPath } from "../cluster-ca.ts";
import { haproxyConfigPath, haproxyDirectory } from "./config.ts";

/** The static pod of haproxy. No hash of the configuration stands in it: a reload applies every line of haproxy.cfg, a new pod costs 12 s. */
export function haproxyPod(spec: ClusterSpec): V1Pod {
  return staticPod({
    name: "haproxy",
    container: {
      image: spec.images.haproxy,
      command: ["haproxy", "-W", "-db", "-f", haproxyConfigPath],
      ...haproxyProbes(spec),
      resources: { requests: { cpu: "50m", memory: "128Mi" } },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { add: ["NET_RAW", "SETUID", "SETGID", "KILL"], drop: ["ALL"] },
        readOnlyRootFilesystem: true,
        runAsGroup: 0,
        runAsUser: 0,
      },
    },
    mounts: haproxyMounts,
    terminationGracePeriodSeconds: graceSeconds(spec),
  });
}

/** haproxy itself is asked; whether it has members is for display. */
export function haproxyProbes(
  spec: ClusterSpec,
): Pick<V1Container, "startupProbe" | "livenessProbe" | "readinessProbe"> {
  const health = (path: string): V1HTTPGetAction => ({
    host: "127.0.0.1",
    path,
    port: spec.loadBalancer.healthPort,
    scheme: "HTTP",
  });
  return {
    startupProbe: { httpGet: health("/livez"), periodSeconds: 2, failureThreshold: 30, timeoutSeconds: 2 },
    livenessProbe: { httpGet: health("/livez"), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 2 },
    readinessProbe: { httpGet: health("/readyz"), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 2 },
  };
}

/** Its configuration, and the authority that signed the API servers' certificates. */
export const haproxyMounts = [hostDirectory("config", haproxyDirectory), hostFile("ca", clusterCAPath)];

/** Why lines of the manifest are so, by their path. */
export const haproxyPodComments: Comments = {
  "spec.containers[0].livenessProbe":
    "Asks haproxy itself, not the API servers behind it: those being down is no reason to restart it.",
  "spec.containers[0].resources": "No CPU limit: a throttled balancer fails its checks.",
  "spec.containers[0].securityContext.capabilities.add":
    "NET_RAW binds `transparent`, SETUID and SETGID let the workers become uid 99, KILL lets the\nmaster signal them (reload, stop). A missing one is not reported by haproxy.",
  "spec.volumes[0].hostPath": "The directory, not the file: a file replaced by rename would stay invisible in the pod.",
  "spec.volumes[1].hostPath":
    "Only the certificate, never the directory with the keys. The kubelet waits until kubeadm has written it.",
};

/** Longer than haproxy needs to drain, else the kubelet kills it first. */
export function graceSeconds(spec: ClusterSpec): number {
  return Math.max(30, Math.ceil(spec.haproxy.drainTimeout / 1000) + 15);
}
