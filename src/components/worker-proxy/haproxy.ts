import { formatDuration } from "../../config/duration.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { staticPod } from "../../render/static-pod.ts";
import { comment, section, textFile } from "../../render/text.ts";
import { balancing, defaultsSection, haproxyDirectory } from "../haproxy/config.ts";
import { graceSeconds, haproxyMounts, haproxyPodComments, haproxyProbes } from "../haproxy/pod.ts";
import { serverAddresses } from "../servers.ts";
import { type ProxyForm, workerConnections, workerProxyName } from "./form.ts";

const configPath = `${haproxyDirectory}/worker-proxy.cfg`;

/** haproxy as the proxy: it binds nothing but loopback, so it has no rights at all. */
export const haproxyForm: ProxyForm = {
  program: "haproxy",
  config: { path: configPath, text: config },
  pod: (spec) =>
    staticPod({
      name: workerProxyName,
      tier: "node",
      container: {
        image: spec.images.haproxy,
        command: ["haproxy", "-W", "-db", "-f", configPath],
        ...haproxyProbes(spec),
        resources: { requests: { cpu: "10m", memory: "64Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          readOnlyRootFilesystem: true,
          runAsGroup: imageUser,
          runAsNonRoot: true,
          runAsUser: imageUser,
        },
      },
      mounts: haproxyMounts,
      terminationGracePeriodSeconds: graceSeconds(spec),
    }),
  podComments: Object.fromEntries(
    Object.entries(haproxyPodComments).filter(
      ([path]) => path !== "spec.containers[0].securityContext.capabilities.add",
    ),
  ),
  health: "the proxy's /livez, /readyz and /metrics",
  packages: ["haproxy"],
  configCheck: { path: configPath, command: ["haproxy", "-c", "-f"] },
  reload: `kill -s USR2 "$(pgrep -o -f '^haproxy -W -db -f ${configPath}')"`,
  limits: [],
};

/** haproxy's own user in its official image. */
const imageUser = 99;

/** worker-proxy.cfg: the balancer of one worker for itself, on the port that API servers have. */
function config(spec: ClusterSpec): string {
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
