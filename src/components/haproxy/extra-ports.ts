import { formatDuration } from "../../config/duration.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import { comment, type Lines, section } from "../../render/text.ts";
import { serversAt } from "../servers.ts";
import { bindAddress } from "./bind-address.ts";

/** What leads each further port to the same port of the control-plane nodes. */
export function extraPorts(spec: ClusterSpec): readonly Lines[] {
  const { checkInterval, fastInterval, fall, rise, balance } = spec.haproxy;
  return spec.extraPorts.flatMap((port) => [
    section(`frontend port-${port}`, [
      `bind ${bindAddress(spec, port)} transparent`,
      "option tcplog",
      `default_backend port-${port}`,
    ]),
    section(`backend port-${port}`, [
      ...comment("Nobody here knows what speaks there: who takes connections is good."),
      `balance ${balance}`,
      `default-server check inter ${formatDuration(checkInterval)} fastinter ${formatDuration(fastInterval)} fall ${fall} rise ${rise} on-marked-down shutdown-sessions`,
      ...serversAt(spec, port).map(({ name, address }) => `server ${name} ${address}`),
    ]),
  ]);
}
