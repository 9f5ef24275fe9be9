import { type EndpointProblem, isEndpointProblem, parseEndpoint } from "../net/endpoint.ts";

/** What is wrong with the form of an endpoint, in words. */
export interface EndpointSaying {
  readonly message: string;
  readonly remedy: string;
}

/** What is wrong with controlPlaneEndpoint as it is written, if anything. */
export function endpointSaying(text: string): EndpointSaying | undefined {
  const endpoint = parseEndpoint(text);
  return isEndpointProblem(endpoint) ? endpointProblemSaying(text, endpoint) : undefined;
}

/** The same for discovery.bootstrapToken.apiServerEndpoint, which must have its port. */
export function joinEndpointSaying(text: string): EndpointSaying | undefined {
  const endpoint = parseEndpoint(text);
  if (isEndpointProblem(endpoint)) return endpointProblemSaying(text, endpoint);
  return endpoint.port === undefined ? { message: portMissing(text), remedy: "write HOST:PORT" } : undefined;
}

/** A problem of an endpoint with its text. */
export function endpointProblemSaying(text: string, { problem, hint }: EndpointProblem): EndpointSaying {
  return { message: `"${text}" ${problem}`, remedy: hint };
}

/** What is said of an endpoint for joining that lacks its port. */
export function portMissing(text: string): string {
  return `"${text}" has no port, which kubeadm asks for here`;
}
