import { type ClusterSpec, controlPlaneNodes } from "../config/spec.ts";
import { endpointURL } from "../config/endpoint-urls.ts";
import { parseAddress } from "../net/address.ts";
import type { Lines } from "../render/text.ts";
import type { EndpointFacts } from "./facts.ts";
import type { CheckSubject, NodeCheck, NodeProblem } from "./check.ts";
import { problemCall, variable } from "./shell.ts";

/** An endpoint that somebody else serves: whether it does. */
export const endpoint: NodeCheck = {
  id: "Endpoint",
  summary: "The external load balancer's name has an address, and it leads joining nodes and members to an API server.",
  reason:
    "kubeadm join goes through it; a balancer that keeps a client's address cannot lead a member back to itself, which fails for a share of its connections only",
  about: "machine",
  run: (subject) => {
    const { facts, spec } = subject;
    if (facts.endpoint === undefined) return [];
    return [...(facts.endpoint.resolves === false ? [unknownName(spec)] : []), ...unanswered(subject, facts.endpoint)];
  },
  shell,
};

/** What is asked for an address of the endpoint's name. */
export function resolveCommand({ endpoint: { host } }: ClusterSpec): readonly string[] | undefined {
  return parseAddress(host) === undefined ? ["getent", "hosts", host] : undefined;
}

/** What asks the endpoint for any answer over TLS. */
export function requestCommand(spec: ClusterSpec): readonly string[] {
  const options = ["--noproxy", "*", "--insecure", "--silent", "--output", "/dev/null", "--max-time", "3"];
  return ["curl", ...options, `${endpointURL(spec)}/livez`];
}

/** A member asks often enough to be led to itself; who joins needs one answer. */
export function requestCount(spec: ClusterSpec, member: boolean): number {
  return member ? 2 * Math.max(1, controlPlaneNodes(spec).length) : 1;
}

function unanswered({ spec, role, facts }: CheckSubject, { requests }: EndpointFacts): readonly NodeProblem[] {
  if (requests === undefined || requests.unanswered === 0) return [];
  if (!facts.member) return role === "join" ? [silent(spec)] : [];
  return [requests.unanswered === requests.made ? dead(spec) : lost(spec, String(requests.unanswered))];
}

function shell(spec: ClusterSpec): Lines {
  if (spec.loadBalancer.provider !== "external") return [];
  const resolve = resolveCommand(spec);
  const request = requestCommand(spec)
    .map((word) => (word === "*" ? "'*'" : word))
    .join(" ");
  return [
    ...(resolve === undefined
      ? []
      : [
          `if command -v getent >/dev/null 2>&1 && ! timeout -s KILL 10 ${resolve.join(" ")} >/dev/null 2>&1; then`,
          `  ${problemCall(unknownName(spec))}`,
          "fi",
        ]),
    "command -v curl >/dev/null 2>&1 || return 0",
    '[ -n "$member" ] || [ "$role" = join ] || return 0',
    `endpoint_requests=${requestCount(spec, false)}`,
    `[ -z "$member" ] || endpoint_requests=${requestCount(spec, true)}`,
    "endpoint_made=0",
    "endpoint_unanswered=0",
    'while [ "$endpoint_made" -lt "$endpoint_requests" ]; do',
    `  ${request} || endpoint_unanswered=$((endpoint_unanswered + 1))`,
    "  endpoint_made=$((endpoint_made + 1))",
    "done",
    '[ "$endpoint_unanswered" -gt 0 ] || return 0',
    'if [ -z "$member" ]; then',
    `  ${problemCall(silent(spec))}`,
    'elif [ "$endpoint_unanswered" = "$endpoint_made" ]; then',
    `  ${problemCall(dead(spec))}`,
    "else",
    `  ${problemCall(lost(spec, variable("endpoint_unanswered")))}`,
    "fi",
  ];
}

function unknownName({ endpoint: { host } }: ClusterSpec): NodeProblem {
  return {
    name: "Endpoint",
    severity: "error",
    message: `${host}, the name of the external load balancer, has no address here: add it to DNS or /etc/hosts before kubeadm`,
  };
}

function silent(spec: ClusterSpec): NodeProblem {
  return {
    name: "Endpoint",
    severity: "error",
    message: `nothing answers at ${endpointURL(spec)} within 3 s, and kubeadm join goes through it: is the first node up, a member of the external load balancer, and good to its health check (HTTPS GET /readyz on port ${spec.apiServerPort})?`,
  };
}

function dead(spec: ClusterSpec): NodeProblem {
  return {
    name: "Endpoint",
    severity: "warning",
    message: `nothing answers at ${endpointURL(spec)} within 3 s, though this machine is in the cluster: look at the members and the health check of the external load balancer`,
  };
}

function lost(spec: ClusterSpec, count: string): NodeProblem {
  return {
    name: "Endpoint",
    severity: "warning",
    message: `${count} of ${requestCount(spec, true)} requests to ${endpointURL(spec)} got no answer within 3 s: either a member is dead and still in the pool, or the external load balancer keeps the client's address and cannot lead this machine back to itself (hairpin); RUNBOOK.md has what it must do`,
  };
}
