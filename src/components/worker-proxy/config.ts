import { formatDuration } from "../../config/duration.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { comment, section, textFile } from "../../render/text.ts";
import { balancing, defaultsSection, haproxyDirectory } from "../haproxy/config.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { serverAddresses } from "../servers.ts";

export const workerProxyConfigPath = `${haproxyDirectory}/worker-proxy.cfg`;

/** worker-proxy.cfg: the balancer of one worker for itself, on the port that API servers have. */
export function workerProxyConfig(spec: ClusterSpec): string {
  return textFile([
    comment(`${generatedBy}\nWhat each keyword does: https://docs.haproxy.org/3.0/configuration.html`),
    section("global", [
      "log stdout format raw local0 info",
      `maxconn ${workerConnections}`,
      ...comment("Whose turn it is among the ready servers."),
      "set-var proc.turn int(0)",
      `hard-stop-after ${formatDuration(spec.haproxy.drainTimeout)}`,
    ]),
    // Enough to pass every dead server.
    defaultsSection(spec, Math.max(3, serverAddresses(spec).length)),
    section("frontend kube-apiserver", [
      ...comment("For this machine only: the kubelet, kube-proxy and pods of the host's network."),
      `bind 127.0.0.1:${spec.apiServerPort}`,
      "option tcplog",
      "default_backend members",
    ]),
    ...balancing(ofWorkers(spec)),
  ]);
}

/**
 * On workers kubeadm brings the CA's certificate, wherever the balancers are. And a refused connection tries
 * the next server of the list: with leastconn two dead servers, which have the fewest connections, would be
 * tried in turn until no attempt is left, with the living one beside them.
 */
function ofWorkers(spec: ClusterSpec): ClusterSpec {
  const nodes = spec.nodes.filter(({ role }) => role !== "load-balancer");
  return { ...spec, nodes, haproxy: { ...spec.haproxy, balance: "roundrobin" } };
}

/** A kubelet, kube-proxy and a few agents; 4,000 file descriptors are below every usual limit. */
const workerConnections = 1000;
