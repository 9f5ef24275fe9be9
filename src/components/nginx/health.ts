import type { ClusterSpec } from "../../config/spec.ts";
import { braces, comment, type Lines } from "../../render/text.ts";
import { serverAddresses } from "../servers.ts";

/** The http block: /livez, /readyz and /metrics on the loopback, as haproxy has them. */
export function nginxHealth(spec: ClusterSpec): Lines {
  return braces("http", [
    "access_log off;",
    ...comment("Nothing but memory can be written."),
    ...["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path /tmp/${name};`),
    ...braces("upstream ready", [
      ...comment("Asked anew by every /readyz: what failed a moment ago may be ready now."),
      ...serverAddresses(spec).map(({ name, address }) => `server ${address} max_fails=0; # ${name}`),
    ]),
    ...braces("server", [
      ...comment("For keepalived, the kubelet and Prometheus on this node."),
      `listen 127.0.0.1:${spec.loadBalancer.healthPort};`,
      ...comment("nginx works. Without any API server the VIP and this process should stay."),
      ...braces("location = /livez", ['return 200 "ok";']),
      ...comment("An API server is ready. For people and Prometheus: where connections go does not depend on it."),
      ...braces("location = /readyz", readiness),
      ...comment("The counts of stub_status as Prometheus reads them, connections of clients included."),
      ...braces("location = /metrics", [
        'default_type "text/plain; version=0.0.4";',
        `return 200 "${metrics.map((line) => `${line}\\n`).join("")}";`,
      ]),
      ...braces("location /", ["return 404;"]),
    ]),
  ]);
}

const readiness: Lines = [
  "proxy_pass https://ready;",
  "proxy_set_header Host kubernetes;",
  ...comment("The question is no secret, and with a CA nginx would not start before kubeadm has made one."),
  "proxy_ssl_verify off;",
  "proxy_connect_timeout 500ms;",
  "proxy_read_timeout 1s;",
  "proxy_next_upstream error timeout http_500 http_503 http_429;",
  "proxy_next_upstream_timeout 3s;",
];

// https://nginx.org/en/docs/http/ngx_http_stub_status_module.html#variables; names as nginx-prometheus-exporter has them.
const metrics: Lines = ["active", "reading", "writing", "waiting"].flatMap((state) => [
  `# TYPE nginx_connections_${state} gauge`,
  `nginx_connections_${state} $connections_${state}`,
]);
