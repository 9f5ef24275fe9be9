import { type ClusterSpec, isAgentNode, type NodeSpec, runsOnHosts } from "../../config/spec.ts";
import type { PlannedFile } from "../../plan/plan.ts";
import { balancerPorts } from "../balancer-ports.ts";
import type { Component } from "../component.ts";
import { plannedFile, staticPodFile } from "../planned-file.ts";
import { serviceFile, serviceName } from "../service-unit.ts";
import { nginxConfig, nginxConfigPath, nginxDrainSeconds } from "./config.ts";
import { nginxPod, nginxPodComments } from "./pod.ts";
import { nginxService } from "./service.ts";

/** nginx on every node that may hold the virtual IP: spreads clients over the API servers that accept connections. */
export const nginx: Component = {
  name: "nginx",
  summary: "balances connections over the API servers that accept them; it has no checks of its own",
  place: "agents",
  appliesTo: (spec) => spec.loadBalancer.provider === "nginx",
  files,
  images: (spec) => (runsOnHosts(spec) ? [] : [spec.images.nginx]),
  programs: ["nginx"],
  ports: (spec) => balancerPorts(spec, "nginx", "nginx's /livez, /readyz and /metrics"),
  kernel: [],
  packages: ["nginx-light", "libnginx-mod-stream"],
  kubeadm: () => ({ certSANs: [] }),
  reload: (spec) =>
    runsOnHosts(spec)
      ? `systemctl reload ${serviceName("nginx")}`
      : `kill -s HUP "$(pgrep -o -f '^nginx: master process nginx .*${nginxConfigPath}')"`,
  // The file of a service loads the module itself.
  configCheck: {
    path: nginxConfigPath,
    command: ["nginx", "-e", "stderr", "-t", "-q", "-c"],
    lacks: 'unknown directive "stream"',
  },
  runbook: (spec) => ({
    checks: [
      {
        command: `curl -s http://127.0.0.1:${spec.loadBalancer.healthPort}/livez`,
        reason: "nginx on this node answers",
      },
      {
        command: `curl -s http://127.0.0.1:${spec.loadBalancer.healthPort}/readyz`,
        reason: "an API server is ready; nginx asks them when it is asked",
      },
      {
        command: runsOnHosts(spec)
          ? `nginx -e stderr -t -c ${nginxConfigPath}`
          : `crictl exec "$(crictl ps -q --name '^nginx$')" nginx -e stderr -t -c ${nginxConfigPath}`,
        reason: "the file is valid; ask before a reload",
      },
    ],
    limits: [
      "An API server that accepts connections and does not answer, or is not ready, keeps its share of them for as long as that lasts: nginx only sees a connect that fails. haproxy sees both.",
      "Connections to an API server whose host is gone are not cut: clients notice by themselves, client-go after 45 s.",
      "After the virtual IP has moved away, connections through its old holder hear nothing until the client's own ping, 45 s with client-go; haproxy can still reset them.",
      `After all API servers were down nginx refuses clients for up to ${spec.nginx.failTimeout / 1000} s more.`,
      `A reload ends long connections after ${nginxDrainSeconds} s, when the old worker stops.`,
    ],
  }),
};

function files(spec: ClusterSpec, node: NodeSpec): readonly PlannedFile[] {
  if (!isAgentNode(spec, node)) return [];
  return [
    plannedFile(node, { path: nginxConfigPath, mode: 0o644, phase: "load-balancer" }, nginxConfig(spec)),
    runsOnHosts(spec)
      ? serviceFile(node, "load-balancer", nginxService(spec))
      : staticPodFile(spec, node, { phase: "load-balancer", pod: nginxPod(spec), comments: nginxPodComments }),
  ];
}
