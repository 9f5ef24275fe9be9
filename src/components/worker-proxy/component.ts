import type { ClusterSpec, NodeSpec } from "../../config/spec.ts";
import { fixed, type PlannedFile } from "../../plan/plan.ts";
import type { Component } from "../component.ts";
import { plannedFile, staticPodFile } from "../planned-file.ts";
import { workerProxyConfig, workerProxyConfigPath } from "./config.ts";
import { workerProxyName, workerProxyPod, workerProxyPodComments } from "./pod.ts";
import { useWorkerProxyPath, useWorkerProxyScript } from "./use-worker-proxy.ts";

/** haproxy on 127.0.0.1 of every worker: its kubelet needs neither a virtual IP nor any single API server. */
export const workerProxy: Component = {
  name: workerProxyName,
  summary: "spreads a worker's own connections over the API servers",
  place: "workers",
  appliesTo: (spec) => spec.workerProxy !== undefined,
  files,
  images: (spec) => [spec.images.haproxy],
  ports: (spec) => [
    {
      port: spec.apiServerPort,
      protocol: "tcp",
      bind: "127.0.0.1",
      from: "loopback",
      why: "the Kubernetes API for this worker",
    },
    {
      port: spec.loadBalancer.healthPort,
      protocol: "tcp",
      bind: "127.0.0.1",
      from: "loopback",
      why: "the proxy's /livez, /readyz and /metrics",
    },
  ],
  kernel: [],
  programs: [],
  packages: ["haproxy"],
  kubeadm: () => ({ certSANs: [workerProxyAddress] }),
  reload: () => `kill -s USR2 "$(pgrep -o -f '^haproxy -W -db -f ${workerProxyConfigPath}')"`,
  configCheck: { path: workerProxyConfigPath, command: ["haproxy", "-c", "-f"] },
  runbook: (spec) => ({
    checks: [
      {
        command: `kubectl -n kube-system get configmap kube-proxy -o yaml | grep 'server:'`,
        reason: `kube-proxy uses https://${workerProxyAddress}:${spec.apiServerPort}`,
      },
    ],
    limits: [
      "kubeadm upgrade writes kube-proxy's ConfigMap anew: repeat the command that leads it to the proxies.",
      `A cluster that is there already has certificates without ${workerProxyAddress}: on each control-plane node remove apiserver.crt and apiserver.key, then kubeadm init phase certs apiserver --config.`,
      "On control-plane nodes kube-proxy then uses the API server of its own node.",
      "kubeadm-ha reset takes the proxy away: on a worker that stays in the cluster write the endpoint back into /etc/kubernetes/kubelet.conf and restart the kubelet before.",
    ],
  }),
};

/** The address that clients of the proxy use, which certificates must carry. */
const workerProxyAddress = "127.0.0.1";

function files(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  if (node.role !== "worker") return [];
  const script = fixed(useWorkerProxyScript(spec));
  return [
    plannedFile(node, { path: workerProxyConfigPath, mode: 0o644, phase: "load-balancer" }, workerProxyConfig(spec)),
    plannedFile(node, { path: useWorkerProxyPath, mode: 0o755, phase: "load-balancer" }, script),
    staticPodFile(spec, node, {
      phase: "load-balancer",
      pod: workerProxyPod(spec),
      comments: workerProxyPodComments,
    }),
  ];
}
