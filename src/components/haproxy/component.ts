import { type ClusterSpec, isAgentNode, type NodeSpec, runsOnHosts } from "../../config/spec.ts";
import type { PlannedFile } from "../../plan/plan.ts";
import { balancerPorts } from "../balancer-ports.ts";
import type { Component } from "../component.ts";
import { plannedFile, staticPodFile } from "../planned-file.ts";
import { serviceFile, serviceName } from "../service-unit.ts";
import { haproxyConfig, haproxyConfigPath } from "./config.ts";
import { haproxyPod, haproxyPodComments } from "./pod.ts";
import { haproxyService } from "./service.ts";

/** haproxy as a static pod on every control-plane node: spreads clients over the API servers that are ready. */
export const haproxy: Component = {
  name: "haproxy",
  summary: "balances connections over the API servers that are ready and cuts those to dead ones",
  place: "agents",
  appliesTo: (spec) => spec.loadBalancer.provider === "haproxy",
  files,
  images: (spec) => (runsOnHosts(spec) ? [] : [spec.images.haproxy]),
  programs: ["haproxy"],
  ports: (spec) => balancerPorts(spec, "haproxy", "haproxy's /livez, /readyz and /metrics"),
  kernel: ["IP_TRANSPARENT sockets (any Linux since 2.6.28) for a process with NET_RAW"],
  packages: ["haproxy"],
  // The checks use the name kubernetes, which kubeadm puts into every API server's certificate.
  kubeadm: () => ({ certSANs: [] }),
  reload: (spec) =>
    runsOnHosts(spec)
      ? `systemctl reload ${serviceName("haproxy")}`
      : `kill -s USR2 "$(pgrep -o -f '^haproxy -W -db -f ${haproxyConfigPath}')"`,
  configCheck: { path: haproxyConfigPath, command: ["haproxy", "-c", "-f"] },
  runbook: (spec) => ({
    checks: [
      {
        command: `curl -s http://127.0.0.1:${spec.loadBalancer.healthPort}/livez`,
        reason: "haproxy on this node answers",
      },
      {
        command: `curl -s http://127.0.0.1:${spec.loadBalancer.healthPort}/readyz`,
        reason: "it has an API server that is ready",
      },
      {
        command: `curl -s http://127.0.0.1:${spec.loadBalancer.healthPort}/metrics | grep haproxy_server_status`,
        reason: "which API servers it takes for live and ready",
      },
      {
        command: runsOnHosts(spec)
          ? `haproxy -c -dW -f ${haproxyConfigPath}`
          : `crictl exec "$(crictl ps -q --name '^haproxy$')" haproxy -c -dW -f ${haproxyConfigPath}`,
        reason: "the file is valid; ask before a reload",
      },
    ],
    limits: [
      "A connection lives on one API server; when that dies the client has to connect again, which client-go does by itself.",
      `A reload ends long connections after ${spec.haproxy.drainTimeout / 1000} s, when the old worker stops.`,
      "While no API server is ready, connections go to those that merely live.",
    ],
  }),
};

function files(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  if (!isAgentNode(spec, node)) return [];
  return [
    plannedFile(node, { path: haproxyConfigPath, mode: 0o644, phase: "load-balancer" }, haproxyConfig(spec)),
    runsOnHosts(spec)
      ? serviceFile(node, "load-balancer", haproxyService(spec))
      : staticPodFile(spec, node, { phase: "load-balancer", pod: haproxyPod(spec), comments: haproxyPodComments }),
  ];
}
