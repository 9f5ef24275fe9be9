import type { V1EnvVar } from "@kubernetes/client-node";

import type { Member } from "../member.ts";

/**
 * A pod of a DaemonSet uses the API server of its own node: through the service it would need a kube-proxy
 * that may itself need the virtual IP (https://github.com/kube-vip/kube-vip/issues/721), and would renew its
 * lease when the API server beside it is dead. client-go reads these two.
 */
export function inClusterEnvironment({ spec, job }: Member): readonly V1EnvVar[] {
  if (job.as !== "daemon-set" || !job.controlPlane) return [];
  return [
    { name: "KUBERNETES_SERVICE_HOST", valueFrom: { fieldRef: { fieldPath: "status.hostIP" } } },
    { name: "KUBERNETES_SERVICE_PORT", value: String(spec.apiServerPort) },
  ];
}
