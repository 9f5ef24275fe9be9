import { formatDuration } from "../../config/duration.ts";
import { type ClusterSpec, runsOnHosts } from "../../config/spec.ts";
import { comment, type Lines, section, textFile } from "../../render/text.ts";
import { generatedBy } from "../../render/generated-by.ts";
import { clusterCA } from "../cluster-ca.ts";
import { serverAddresses } from "../servers.ts";
import { bindAddress } from "./bind-address.ts";
import { extraPorts } from "./extra-ports.ts";
import { snippet } from "../snippet.ts";
import { membersBackend } from "./members.ts";

export const haproxyDirectory = "/etc/kubeadm-ha/haproxy";
export const haproxyConfigPath = `${haproxyDirectory}/haproxy.cfg`;

/** haproxy.cfg: the same text on every node. */
export function haproxyConfig(spec: ClusterSpec): string {
  return textFile([
    comment(`${generatedBy}\nWhat each keyword does: https://docs.haproxy.org/3.0/configuration.html`),
    globalSection(spec),
    defaultsSection(spec),
    section("frontend kube-apiserver", [
      ...comment(
        "transparent: after the VIP has moved away, haproxy may still answer from it, so that\nclients get a reset at once and not silence. It costs NET_RAW at start.",
      ),
      `bind ${bindAddress(spec, spec.loadBalancer.port)} transparent`,
      "option tcplog",
      "default_backend members",
      ...snippet(spec, "haproxy.frontend"),
    ]),
    ...balancing(spec),
    ...extraPorts(spec),
  ]);
}

/** What leads a connection to a server that is ready, however it came in, and tells whether there is one. */
export function balancing(spec: ClusterSpec): readonly Lines[] {
  return [
    membersBackend(spec),
    checkBackend(spec, {
      name: "live",
      path: "/livez?exclude=etcd",
      why: "Decides which connections are cut. Without etcd in the question, because an etcd election\nmakes /livez fail everywhere for a moment and must not cut every watch of the cluster.",
      fall: spec.haproxy.fall,
    }),
    checkBackend(spec, {
      name: "ready",
      path: "/readyz",
      why: "Decides where new connections go: a server that starts, drains or has lost etcd is\nspared, its connections live on. One failure decides, so that no connection is on its way to a\ndead server when `live` cuts what is there; a false alarm costs nothing.",
      fall: 1,
    }),
    healthFrontend(spec),
  ];
}

function globalSection(spec: ClusterSpec): Lines {
  return section("global", [
    "log stdout format raw local0 info",
    ...workerAccount(spec),
    ...comment(
      "Without a limit haproxy sizes itself for the limit of open files and may eat all memory:\nhttps://github.com/docker-library/haproxy/issues/194",
    ),
    `maxconn ${spec.haproxy.maxConnections}`,
    ...comment("Whose turn it is among the ready servers."),
    "set-var proc.turn int(0)",
    ...comment("Watches never end by themselves: an old worker would stay for hours after a reload."),
    `hard-stop-after ${formatDuration(spec.haproxy.drainTimeout)}`,
    ...snippet(spec, "haproxy.global"),
  ]);
}

function workerAccount(spec: ClusterSpec): Lines {
  if (runsOnHosts(spec))
    return [
      ...comment("Started as root to bind `transparent`, the workers then run as the package's user."),
      "user haproxy",
      "group haproxy",
    ];
  return [
    ...comment("Started as root to bind `transparent`, the workers then run as the image's user haproxy."),
    "uid 99",
    "gid 99",
  ];
}

/** Limits of connections and what happens to those that fail; `retries` are attempts after the first. */
export function defaultsSection(spec: ClusterSpec, retries = 3): Lines {
  return section("defaults", [
    "log global",
    ...comment("TLS passes through, so client certificates reach the API server."),
    "mode tcp",
    "option dontlognull",
    ...comment(
      "A refused connection goes to another server at once; by default it is tried three times at\nthe dead one and then fails.",
    ),
    "option redispatch 1",
    `retries ${retries}`,
    `timeout connect ${formatDuration(spec.haproxy.connectTimeout)}`,
    "timeout queue 5s",
    ...comment(
      "client and server count only until both sides are connected, then tunnel does: an idle\nwatch or exec is no error. TCP keepalive finds dead peers within 11 s.",
    ),
    "timeout client 1m",
    "timeout server 1m",
    `timeout tunnel ${formatDuration(spec.haproxy.tunnelTimeout)}`,
    "timeout client-fin 10s",
    "timeout server-fin 10s",
    ...["cli", "srv"].flatMap((side) => [
      `option ${side}tcpka`,
      `${side}tcpka-idle 5s`,
      `${side}tcpka-intvl 2s`,
      `${side}tcpka-cnt 3`,
    ]),
    ...snippet(spec, "haproxy.defaults"),
  ]);
}

function checkBackend(
  spec: ClusterSpec,
  check: { readonly name: string; readonly path: string; readonly why: string; readonly fall: number },
): Lines {
  const { checkInterval, fastInterval, checkTimeout, rise } = spec.haproxy;
  const limit = formatDuration(checkTimeout);
  return section(`backend ${check.name}`, [
    ...comment(`${check.why}\nIt carries checks only, no connections.`),
    ...comment("The limit of a check's connection and TLS handshake is `timeout connect`: longer than for clients."),
    `timeout connect ${limit}`,
    `timeout check ${limit}`,
    "option httpchk",
    `http-check send meth GET uri ${check.path} ver HTTP/1.1 hdr Host kubernetes`,
    "http-check expect status 200",
    "option log-health-checks",
    ...comment("Every API server's certificate has the name kubernetes; verifyhost with an IP address never matches."),
    `default-server check check-ssl check-sni kubernetes verify required verifyhost kubernetes ca-file ${clusterCA(spec)}`,
    `default-server inter ${formatDuration(checkInterval)} fastinter ${formatDuration(fastInterval)} fall ${check.fall} rise ${rise}`,
    ...serverAddresses(spec).map(({ name, address }) => `server ${name} ${address}`),
  ]);
}

function healthFrontend(spec: ClusterSpec): Lines {
  return section("frontend health", [
    ...comment(
      "For keepalived, the kubelet and Prometheus on this node. /livez says that haproxy works and\nnothing about its members: without any API server the VIP and this process should stay.",
    ),
    `bind 127.0.0.1:${spec.loadBalancer.healthPort}`,
    "mode http",
    "no log",
    "timeout client 5s",
    "timeout http-request 5s",
    'http-request return status 200 content-type text/plain string "ok" if { path /livez }',
    'http-request return status 503 content-type text/plain string "no member is ready" if { path /readyz } { nbsrv(ready) lt 1 }',
    'http-request return status 200 content-type text/plain string "ok" if { path /readyz }',
    "http-request use-service prometheus-exporter if { path /metrics }",
    "http-request return status 404",
  ]);
}
