import type { ClusterSpec } from "../../config/spec.ts";
import { bracketed } from "../../net/address.ts";

/** Whether a join file is one of this cluster; the same question as `joinEndpointProblem`. */
export function joinEndpointCheck(spec: ClusterSpec): string {
  const { endpoint, virtualIP, nodes } = spec;
  const ours = `this cluster is https://${bracketed(endpoint.host)}:${endpoint.port}`;
  const served = [endpoint.host, ...virtualIP.addresses.map(({ text }) => text)];
  const machines = nodes.flatMap(({ name, addresses }) => [name, ...addresses.map(({ text }) => text)]);
  const pattern = (names: readonly string[]): string => [...new Set(names)].map((name) => `'${name}'`).join(" | ");
  return String.raw`check_join_endpoint() {
  [ -n "$server" ] || return 0
  host=${"$"}{server%:*} port=${"$"}{server##*:}
  case $host in
  "$server") port='' ;;
  '['*:*']')
    host=${"$"}{host#[}
    host=${"$"}{host%]}
    case $host in *[!0-9a-f:.]*) port='' ;; esac
    ;;
  '' | *[!a-z0-9.-]*) port='' ;;
  esac
  case $port in
  '' | *[!0-9]* | ??????*) port=0 ;;
  esac
  { [ "$port" -ge 1 ] && [ "$port" -le 65535 ]; } ||
    foreign_join_file 'the join file names no API server as HOST:PORT, ${ours}'
  case $host in
  ${pattern(served)}) [ "$port" != ${endpoint.port} ] || return 0 ;;
  ${pattern(machines)}) return 0 ;;
  esac
  foreign_join_file "the join file is for https://$server, ${ours}"
}`;
}
