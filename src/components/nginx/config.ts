import { formatDuration } from "../../config/duration.ts";
import { type ClusterSpec, runsOnHosts } from "../../config/spec.ts";
import { braces, comment, type Lines, textFile } from "../../render/text.ts";
import { listenAddress } from "../listen-address.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { snippet } from "../snippet.ts";
import { type Server, serverAddresses, serversAt } from "../servers.ts";
import { nginxHealth } from "./health.ts";

export const nginxDirectory = "/etc/kubeadm-ha/nginx";
export const nginxConfigPath = `${nginxDirectory}/nginx.conf`;

/** How long an old worker may keep its connections after a reload or stop, in seconds. */
export const nginxDrainSeconds = 15;

/** nginx.conf: the same text on every node. */
export function nginxConfig(spec: ClusterSpec): string {
  return textFile([
    comment(`${generatedBy}\nWhat each directive does: https://nginx.org/en/docs/dirindex.html`),
    ...(runsOnHosts(spec) ? [streamModule(spec)] : []),
    [...mainDirectives, ...snippet(spec, "nginx.main")],
    braces("events", [
      ...comment("A client takes two of them: its own connection and the one to the API server."),
      "worker_connections 8000;",
    ]),
    braces("stream", [
      ...upstream(spec),
      "",
      ...streamServer(spec, listens(spec, spec.loadBalancer.port), { more: snippet(spec, "nginx.server") }),
      ...spec.extraPorts.flatMap((port) => ["", ...extraPort(spec, port)]),
      ...snippet(spec, "nginx.stream"),
    ]),
    nginxHealth(spec),
  ]);
}

// Distributions package it apart; the official image has it built in.
function streamModule({ host }: ClusterSpec): Lines {
  const directory = host.family === "debian" ? "/usr/lib/nginx/modules" : "/usr/lib64/nginx/modules";
  return [
    ...comment("The package's own module, built for its nginx."),
    `load_module ${directory}/ngx_stream_module.so;`,
  ];
}

/** How many processes there are and how they end. */
export const mainDirectives: Lines = [
  ...comment("Two workers, so that one that is busy with a reload does not hold up all clients."),
  "worker_processes 2;",
  "worker_rlimit_nofile 20000;",
  ...comment("Watches never end by themselves: an old worker would stay for hours after a reload."),
  `worker_shutdown_timeout ${nginxDrainSeconds}s;`,
  "pid /tmp/nginx.pid;",
  "error_log stderr warn;",
];

/** The API servers. */
export function upstream(spec: ClusterSpec): Lines {
  return members(spec, {
    name: apiServers,
    servers: serverAddresses(spec),
    why: comment(
      "nginx has no checks of its own: a refused or unanswered connect goes to another server, and\nthis one is spared for fail_timeout. The zone tells all workers; one that accepts connections\nand answers nothing keeps its share.",
    ),
  });
}

const apiServers = "kube_apiservers";

function members(
  spec: ClusterSpec,
  { name, servers, why = [] }: { readonly name: string; readonly servers: readonly Server[]; readonly why?: Lines },
): Lines {
  const { maxFails, failTimeout } = spec.nginx;
  return braces(`upstream ${name}`, [
    ...why,
    `zone ${name} 64k;`,
    "least_conn;",
    ...servers.map(
      (server) =>
        `server ${server.address} max_fails=${maxFails} fail_timeout=${formatDuration(failTimeout)}; # ${server.name}`,
    ),
  ]);
}

/** A further port, to the same port of the control-plane nodes. */
function extraPort(spec: ClusterSpec, port: number): Lines {
  const name = `port_${port}`;
  return [
    ...members(spec, { name, servers: serversAt(spec, port) }),
    ...streamServer(spec, listens(spec, port), { to: name }),
  ];
}

/** What takes connections at some addresses and passes them on. */
export function streamServer(
  spec: ClusterSpec,
  addresses: readonly string[],
  { to = apiServers, more = [] }: { readonly to?: string; readonly more?: Lines } = {},
): Lines {
  const { connectTimeout, idleTimeout } = spec.nginx;
  return braces("server", [
    ...comment(
      "TLS passes through, so client certificates reach the API server. Keepalive finds dead clients in 11 s.",
    ),
    ...addresses.map((listen) => `listen ${listen} so_keepalive=5s:2s:3;`),
    `proxy_pass ${to};`,
    ...comment("The default is 60 s, and a client gives up its TLS handshake after 10 s."),
    `proxy_connect_timeout ${formatDuration(connectTimeout)};`,
    "proxy_next_upstream on;",
    "proxy_next_upstream_timeout 7s;",
    ...comment("An idle watch or exec is no error."),
    `proxy_timeout ${formatDuration(idleTimeout)};`,
    "proxy_socket_keepalive on;",
    ...more,
  ]);
}

function listens(spec: ClusterSpec, port: number): readonly string[] {
  const address = listenAddress(spec);
  const [four, six] = [String(port), `[::]:${port} ipv6only=on`];
  if (address === "0.0.0.0") return [four];
  return address === "*" ? [four, six] : [six];
}
