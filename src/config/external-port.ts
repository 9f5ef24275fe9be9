import type { Finding } from "../findings/finding.ts";
import { type Draft, portOfEndpoint } from "./defaults.ts";

/** Somebody else's balancer listens where it listens: no default would be right. */
export function externalPortMissing(draft: Draft): readonly Finding[] {
  const { loadBalancer } = draft.configuration;
  if (loadBalancer?.provider !== "external" || loadBalancer.port !== undefined || portOfEndpoint(draft) !== undefined)
    return [];
  return [
    {
      rule: "missing-key",
      severity: "error",
      path: "loadBalancer.port",
      message:
        "is missing, and controlPlaneEndpoint has no port: where an external balancer listens is not ours to choose",
      remedy: "write the balancer's port, here or behind controlPlaneEndpoint, such as 6443",
    },
  ];
}
