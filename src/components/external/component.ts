import { endpointURL } from "../../config/endpoint-urls.ts";
import { type ClusterSpec, controlPlaneNodes } from "../../config/spec.ts";
import type { Component } from "../component.ts";
import { serverAddresses } from "../servers.ts";

/** Somebody else's load balancer: no file of ours, but what it must do. */
export const external: Component = {
  name: "external",
  summary: "a load balancer that somebody else runs in front of the API servers",
  place: "control-plane",
  appliesTo: (spec) => spec.loadBalancer.provider === "external",
  files: () => [],
  images: () => [],
  ports: (spec) => [
    {
      port: spec.apiServerPort,
      protocol: "tcp",
      from: "load balancers",
      why: "the Kubernetes API and the balancer's health checks",
    },
  ],
  kernel: [],
  programs: [],
  packages: [],
  kubeadm: () => ({ certSANs: [] }),
  runbook: (spec) => ({
    requirements: requirements(spec),
    checks: [
      {
        command: `for i in $(seq ${4 * Math.max(1, controlPlaneNodes(spec).length)}); do curl -sk -o /dev/null -m 3 -w '%{http_code}\\n' '${endpointURL(spec)}/livez'; done | sort | uniq -c`,
        reason:
          "every answer is 200; a share of 000 on a control-plane node is a balancer that cannot lead a member back to itself",
      },
      {
        command: `curl --cacert /etc/kubernetes/pki/ca.crt --resolve kubernetes:${spec.apiServerPort}:127.0.0.1 'https://kubernetes:${spec.apiServerPort}/readyz'`,
        reason: "what the balancer's check asks of this node",
      },
    ],
    limits: [
      "How long a fault hurts is decided by the balancer: its check's interval times its threshold, then what it does with open connections.",
      "A balancer that only knocks at the port keeps an API server that hangs or has lost etcd: its share of the clients fails as long as it does.",
    ],
  }),
};

/**
 * What a balancer of any make must do; the numbers are those of our own haproxy where it has them.
 * Idle limits: client-go pings after 30 s (HTTP2_READ_IDLE_TIMEOUT_SECONDS, apimachinery's net/http.go).
 * Intervals: https://github.com/openshift/installer/blob/main/docs/dev/kube-apiserver-health-check.md
 */
function requirements(spec: ClusterSpec): readonly string[] {
  const { host } = spec.endpoint;
  const members = serverAddresses(spec).map(({ address }) => `\`${address}\``);
  const whom = members.length === 0 ? `port ${spec.apiServerPort} of every control-plane machine` : members.join(", ");
  return [
    `**Port.** It listens on TCP ${spec.loadBalancer.port} at ${host} and passes connections to ${whom}. TLS passes through unopened (layer 4): clients prove themselves to the API server with certificates. No PROXY protocol: the API server does not speak it.`,
    `**Health check.** HTTPS \`GET /readyz\` on port ${spec.apiServerPort}, status 200 is good. Where it can check certificates: the cluster's CA and the name \`kubernetes\`, which every API server's certificate has. Every second or two where it can, two failures in, two good ones back; the whole check shorter than 2 s. A check that only connects, and \`/healthz\`, which is deprecated, see less. With \`--anonymous-auth=false\` the answer is 401: allow anonymous health checks in an AuthenticationConfiguration.`,
    "**A dead member's connections** are reset at once, and a refused or silent connect goes to another member within 2 s, before the client's own 10 s are over. Else watches hang until the client's ping gives up, 45 s.",
    "**Timeouts.** An open connection may be idle for hours (4h; never below 1m): watches, `kubectl exec` and `logs -f` are silent for long. TCP keepalive finds dead peers.",
    "**Spread.** Least connections, else round robin. No session persistence: it piles clients on one API server.",
    "**Hairpin.** Control-plane nodes are clients and members at once, and their connection may be led back to themselves. A balancer that keeps the client's address there breaks it: switch that off (AWS NLB: `preserve_client_ip.enabled=false`), or choose a balancer without the limit (Azure's internal one has it). The commands at the end show it.",
    "**All members are down** when the first node is founded: the balancer must accept that, and take in the first member by its check within a minute. Nothing but the check decides who is in, so the other nodes may be listed from the beginning.",
    "**Itself** it must be redundant: with one balancer there is one point of failure more, and not one less.",
  ];
}
