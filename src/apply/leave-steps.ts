import { statusOf } from "../host/files.ts";
import type { Lines } from "../render/text.ts";

/**
 * What a person types when the machine leaves the cluster, after reset; nothing where no API server runs.
 * kubeadm reset kills the API server with whatever it is answering. Without its manifest the kubelet stops it
 * in an orderly way: load balancers see `/readyz` fail for `shutdown-delay-duration` before it closes.
 */
export function leaveSteps(root: string): Lines {
  if (root !== "/" || statusOf(apiServerManifest) === undefined) return [];
  return [
    "",
    "If this machine leaves the cluster, its API server finishes its requests first:",
    `  mv ${apiServerManifest} /root/`,
    "  while pgrep -x kube-apiserver >/dev/null; do sleep 1; done",
    "  kubeadm reset",
  ];
}

const apiServerManifest = "/etc/kubernetes/manifests/kube-apiserver.yaml";
