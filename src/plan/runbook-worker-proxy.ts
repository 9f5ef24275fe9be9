import { useWorkerProxyPath } from "../components/worker-proxy/use-worker-proxy.ts";
import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import { commands, type RunbookCommand } from "./runbook-commands.ts";

/** What a worker with a proxy needs after its join; nothing for other nodes. */
export function useProxySteps(spec: ClusterSpec, node: NodeSpec): readonly RunbookCommand[] {
  if (spec.workerProxy === undefined || node.role !== "worker") return [];
  return [
    {
      command: `sh ${useWorkerProxyPath}`,
      reason: "waits for the proxy, then leads the kubelet to it and restarts it; pods go on running",
      on: node.name,
    },
  ];
}

/** The step that leads kube-proxy to the proxies: kubeadm writes the endpoint into its ConfigMap. */
export function kubeProxyStep(spec: ClusterSpec, founder: NodeSpec): readonly string[] {
  if (spec.workerProxy === undefined) return [];
  const server = `https://127.0.0.1:${spec.apiServerPort}`;
  const step: RunbookCommand = {
    command: `export KUBECONFIG=/etc/kubernetes/admin.conf; kubectl -n kube-system get configmap kube-proxy -o yaml | sed 's|server: https://.*|server: ${server}|' | kubectl apply -f - && kubectl -n kube-system rollout restart daemonset kube-proxy`,
    reason: "leads kube-proxy to the proxies; on control-plane nodes to their own API server",
    on: founder.name,
  };
  return [`### When all have joined\n\n${commands([step])}`];
}
