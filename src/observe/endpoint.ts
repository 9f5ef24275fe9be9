import type { EndpointFacts } from "../checks/facts.ts";
import { requestCommand, requestCount, resolveCommand } from "../checks/endpoint.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { runProgram } from "../host/run-program.ts";

/** What this machine can learn of an endpoint that somebody else serves. */
export function observeEndpoint(
  spec: ClusterSpec,
  { member }: { readonly member: boolean },
): EndpointFacts | undefined {
  if (spec.loadBalancer.provider !== "external") return undefined;
  const resolve = resolveCommand(spec);
  return { resolves: resolve === undefined ? undefined : succeeds(resolve), requests: requests(spec, member) };
}

function requests(spec: ClusterSpec, member: boolean): EndpointFacts["requests"] {
  const answers = Array.from({ length: requestCount(spec, member) }, () => succeeds(requestCommand(spec)));
  if (answers.includes(undefined)) return undefined;
  return { made: answers.length, unanswered: answers.filter((answer) => answer === false).length };
}

/** Undefined where there is no such program. */
function succeeds(command: readonly string[]): boolean | undefined {
  const result = runProgram(command);
  return result.state === "ended" ? result.status === 0 : undefined;
}
