import type { ClusterSpec } from "../../config/spec.ts";
import { comment, type Lines, section } from "../../render/text.ts";
import { serverAddresses } from "../servers.ts";

/**
 * The backend that carries the connections. A server's state there is whether it lives; among the
 * living a new connection goes to one that is ready, each in turn: the number of the connection modulo
 * the number of ready servers is counted down along the list. So the share of a server that is not
 * ready spreads evenly, with two lines for each server.
 */
export function membersBackend(spec: ClusterSpec): Lines {
  const servers = serverAddresses(spec);
  return section("backend members", [
    ...comment("Used only while no server is ready, among those that live: better an answer than none."),
    `balance ${spec.haproxy.balance}`,
    ...comment("The ready servers in turn: the number counts down along the list, 0 is the one."),
    "tcp-request content set-var(proc.turn) var(proc.turn),add(1)",
    "tcp-request content set-var(sess.ready) nbsrv(ready)",
    "tcp-request content set-var(sess.pick) var(proc.turn),mod(sess.ready) if { nbsrv(ready) gt 0 }",
    ...servers.flatMap(({ name }) => [
      `tcp-request content set-var(sess.server) str(${name}) if { srv_is_up(ready/${name}) } { var(sess.pick) -m int 0 }`,
      `tcp-request content set-var(sess.pick) var(sess.pick),sub(1) if { srv_is_up(ready/${name}) }`,
    ]),
    "use-server %[var(sess.server)] if { var(sess.server) -m found }",
    ...comment(
      "A server that is dead or hangs takes its connections with it; otherwise watches on it would\nwait for the client's own ping, 45 s.",
    ),
    ...servers.map(
      ({ name, address }) => `server ${name} ${address} track live/${name} on-marked-down shutdown-sessions`,
    ),
  ]);
}
