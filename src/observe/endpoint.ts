import type { EndpointFacts } from "../checks/facts.ts";
import { requestCommand, requestCount, resolveCommand } from "../checks/endpoint.ts";
import type { ClusterSpec } from "../config/spec.ts";
import type { ProgramResult } from "../host/run-program.ts";

/** Runs a program and tells how it ended. */
export type Ask = (command: readonly string[]) => ProgramResult;

/** What this machine can learn of an endpoint that somebody else serves. */
export function observeEndpoint(
  spec: ClusterSpec,
  { member, ask }: { readonly member: boolean; readonly ask: Ask },
): EndpointFacts | undefined {
  if (spec.loadBalancer.provider !== "external") return undefined;
  const resolve = resolveCommand(spec);
  return {
    resolves: resolve === undefined ? undefined : succeeds(ask(resolve)),
    requests: requests(Array.from({ length: requestCount(spec, member) }, () => succeeds(ask(requestCommand(spec))))),
  };
}

function requests(answers: readonly (boolean | undefined)[]): EndpointFacts["requests"] {
  if (answers.includes(undefined)) return undefined;
  return { made: answers.length, unanswered: answers.filter((answer) => answer === false).length };
}

/** Undefined where there is no such program. */
function succeeds(result: ProgramResult): boolean | undefined {
  return result.state === "ended" ? result.status === 0 : undefined;
}
