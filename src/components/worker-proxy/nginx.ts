import type { ClusterSpec } from "../../config/spec.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { braces, comment, textFile } from "../../render/text.ts";
import { mainDirectives, nginxDirectory, nginxDrainSeconds, streamServer, upstream } from "../nginx/config.ts";
import { nginxHealth } from "../nginx/health.ts";
import { nginxContainer, nginxPodComments, nginxStaticPod } from "../nginx/pod.ts";
import { type ProxyForm, workerConnections, workerProxyName } from "./form.ts";

const configPath = `${nginxDirectory}/worker-proxy.conf`;

/** nginx as the proxy. */
export const nginxForm: ProxyForm = {
  program: "nginx",
  config: { path: configPath, text: config },
  pod: (spec) => {
    const container = nginxContainer(spec, configPath);
    const resources = { requests: { cpu: "10m", memory: "64Mi" } };
    return nginxStaticPod({ name: workerProxyName, tier: "node", container: { ...container, resources } });
  },
  podComments: nginxPodComments,
  health: "the proxy's /livez, /readyz and /metrics",
  packages: ["nginx-light", "libnginx-mod-stream"],
  configCheck: {
    path: configPath,
    command: ["nginx", "-e", "stderr", "-t", "-q", "-c"],
    lacks: 'unknown directive "stream"',
  },
  reload: `kill -s HUP "$(pgrep -o -f '^nginx: master process nginx .*${configPath}')"`,
  limits: [
    "An API server that accepts connections and does not answer keeps its share of the workers' new connections: nginx only sees a connect that fails. With workerProxy.provider haproxy it is spared.",
    `A reload of a worker's proxy ends long connections after ${nginxDrainSeconds} s, when the old worker process stops.`,
  ],
};

/** worker-proxy.conf: the balancer of one worker for itself, on the port that API servers have. */
function config(spec: ClusterSpec): string {
  return textFile([
    comment(`${generatedBy}\nWhat each directive does: https://nginx.org/en/docs/dirindex.html`),
    mainDirectives,
    braces("events", [`worker_connections ${2 * workerConnections};`]),
    braces("stream", [
      ...upstream(spec),
      "",
      ...comment("For this machine only: the kubelet, kube-proxy and pods of the host's network."),
      ...streamServer(spec, [`127.0.0.1:${spec.apiServerPort}`]),
    ]),
    nginxHealth(spec),
  ]);
}
