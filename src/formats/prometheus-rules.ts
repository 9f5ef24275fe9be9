import { type ClusterSpec, controlPlaneNodes, isAgentNode } from "../config/spec.ts";
import { UserError } from "../errors.ts";
import { generatedBy } from "../render/generated-by.ts";
import { toYaml } from "../yaml/write.ts";
import type { Format } from "./format.ts";

/** What Prometheus can say of the balancers and of the API servers as they see them. */
export const prometheusRulesFormat = {
  name: "prometheus-rules",
  summary: "alert rules for Prometheus about haproxy and the API servers behind it",
  produce: (_, { spec }) => {
    const text = toYaml({ groups: [{ name: "kubeadm-ha", rules: alerts(spec) }] }, { "": head });
    return { files: [{ path: "prometheus-rules.yaml", mode: 0o644, text }], incomplete: [] };
  },
} as const satisfies Format;

const head = `${generatedBy}
Alerts on what haproxy tells at /metrics of its health port, which listens on 127.0.0.1 of every node that has it.
https://docs.haproxy.org/3.0/management.html#9.3-show%20stat`;

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: "warning" | "critical" };
  readonly annotations: { readonly summary: string; readonly description: string };
}

// The backends are named by our haproxy.cfg: `live` and `ready` only check, `members` carries the connections.
const ready = 'haproxy_server_status{proxy="ready",state="UP"}';

function alerts(spec: ClusterSpec): readonly Alert[] {
  const places = spec.nodes.filter((node) => runsHaproxy(spec, node)).length;
  if (places === 0)
    throw new UserError(
      "there is no haproxy that could tell Prometheus anything: use loadBalancer.provider haproxy or workerProxy.provider haproxy",
    );
  const servers = controlPlaneNodes(spec).length;
  return [
    alert("KubeAPINoServerReady", `sum by (instance) (${ready}) == 0`, {
      for: "30s",
      severity: "critical",
      summary: "No API server is ready, as {{ $labels.instance }} sees it",
      description: "Clients of this haproxy get an API server that is not ready, or none.",
    }),
    alert("KubeAPIServerNotReady", `max by (server) (${ready}) == 0`, {
      for: "1m",
      severity: "warning",
      summary: "The API server of {{ $labels.server }} is not ready",
      description: "Every haproxy sees it so. The others carry its share.",
    }),
    alert("KubeAPIServerSeenDifferently", `max by (server) (${ready}) != min by (server) (${ready})`, {
      for: "5m",
      severity: "warning",
      summary: "Some balancers reach the API server of {{ $labels.server }}, and some do not",
      description: "A network between nodes is broken, or a haproxy has an old list of members or an old CA.",
    }),
    ...(servers < 3
      ? []
      : [
          alert("KubeAPINotRedundant", `sum by (instance) (${ready}) < 2`, {
            for: "5m",
            severity: "critical",
            summary: "The next fault ends the API, as {{ $labels.instance }} sees it",
            description: `Fewer than two of ${servers} API servers are ready.`,
          }),
        ]),
    alert("KubeAPIBalancerMissing", `(count(count by (instance) (${ready})) or vector(0)) < ${places}`, {
      for: "5m",
      severity: "warning",
      summary: `Fewer than ${places} haproxy tell Prometheus anything`,
      description: "One is down, or Prometheus does not reach it.",
    }),
    alert(
      "KubeAPIBalancerNearlyFull",
      `haproxy_process_current_connections / haproxy_process_max_connections > 0.8 and on (instance) ${ready}`,
      {
        for: "5m",
        severity: "warning",
        summary: "haproxy at {{ $labels.instance }} has {{ $value | humanizePercentage }} of its connections",
        description: "At 100 % new clients wait. haproxy.maxConnections is the limit.",
      },
    ),
    alert(
      "KubeAPIConnectionsFail",
      'sum by (server) (rate(haproxy_server_connection_errors_total{proxy="members"}[5m])) > 0.1',
      {
        for: "5m",
        severity: "warning",
        summary: "Connections to the API server of {{ $labels.server }} fail",
        description: "They are tried on another one at once, but the health checks take this one for good.",
      },
    ),
  ];
}

function runsHaproxy(spec: ClusterSpec, node: ClusterSpec["nodes"][number]): boolean {
  const isProxied = node.role === "worker" && spec.workerProxy?.provider === "haproxy";
  return isProxied || (spec.loadBalancer.provider === "haproxy" && isAgentNode(spec, node));
}

function alert(name: string, expr: string, rest: Pick<Alert, "for"> & Alert["labels"] & Alert["annotations"]): Alert {
  const { severity, summary, description } = rest;
  return { alert: name, expr, for: rest.for, labels: { severity }, annotations: { summary, description } };
}
