import type { ClusterSpec, NodeSpec } from "../../config/spec.ts";
import { fixed, type PlannedFile } from "../../plan/plan.ts";
import type { Component } from "../component.ts";
import { plannedFile, staticPodFile } from "../planned-file.ts";
import { type ProxyForm, workerProxyName } from "./form.ts";
import { haproxyForm } from "./haproxy.ts";
import { nginxForm } from "./nginx.ts";
import { useWorkerProxyPath, useWorkerProxyScript } from "./use-worker-proxy.ts";

/** A proxy on 127.0.0.1 of every worker, by either program: its kubelet needs neither a virtual IP nor any single API server. */
export const workerProxies: readonly Component[] = [haproxyForm, nginxForm].map(workerProxy);

function workerProxy(form: ProxyForm): Component {
  return {
    name: workerProxyName,
    summary: "spreads a worker's own connections over the API servers",
    place: "workers",
    appliesTo: (spec) => spec.workerProxy?.provider === form.program,
    files: (spec, node) => files(spec, node, form),
    images: (spec) => [spec.images[form.program]],
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
        why: form.health,
      },
    ],
    kernel: [],
    programs: [],
    packages: form.packages,
    kubeadm: () => ({ certSANs: [workerProxyAddress] }),
    reload: () => form.reload,
    configCheck: form.configCheck,
    runbook: (spec) => ({
      checks: [
        {
          command: `kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system get configmap kube-proxy -o yaml | grep 'server:'`,
          reason: `kube-proxy uses https://${workerProxyAddress}:${spec.apiServerPort}`,
        },
      ],
      limits: [
        "kubeadm upgrade writes kube-proxy's ConfigMap anew: repeat the command that leads it to the proxies.",
        `A cluster that is there already has certificates without ${workerProxyAddress}: on each control-plane node remove apiserver.crt and apiserver.key, then kubeadm init phase certs apiserver --config.`,
        "On control-plane nodes kube-proxy then uses the API server of its own node.",
        "kubeadm-ha reset takes the proxy away, and before that leads the kubelet of a worker that stays in the cluster back to the endpoint; kube-proxy's ConfigMap is the cluster's, and stays as it is.",
        ...form.limits,
      ],
    }),
  };
}

/** The address that clients of the proxy use, which certificates must carry. */
const workerProxyAddress = "127.0.0.1";

function files(spec: ClusterSpec, node: NodeSpec, form: ProxyForm): readonly PlannedFile[] {
  if (node.role !== "worker") return [];
  const script = fixed(useWorkerProxyScript(spec));
  return [
    plannedFile(node, { path: form.config.path, mode: 0o644, phase: "load-balancer" }, form.config.text(spec)),
    plannedFile(node, { path: useWorkerProxyPath, mode: 0o755, phase: "load-balancer" }, script),
    staticPodFile(spec, node, { phase: "load-balancer", pod: form.pod(spec), comments: form.podComments }),
  ];
}
