import type { ClusterSpec } from "../../config/spec.ts";
import { type FileContent, fixed } from "../../plan/plan.ts";
import { apiServerCheck } from "./check-api-server.ts";
import { loadBalancerCheck } from "./check-load-balancer.ts";
import { apiServerCheckPath, loadBalancerCheckPath } from "./paths.ts";

/** What must work on a node for it to deserve the VIP. */
export interface HealthCheck {
  /** keepalived's name for it. */
  readonly name: string;
  readonly path: string;
  readonly fall: number;
  readonly whyFall: string;
  readonly script: FileContent;
}

/** The balancer where there is one; else the API server that clients then reach directly. */
export function healthCheck(spec: ClusterSpec): HealthCheck {
  const timeout = scriptTimeoutSeconds(spec);
  if (spec.loadBalancer.provider !== "none") {
    return {
      name: "load_balancer",
      path: loadBalancerCheckPath,
      fall: 1,
      whyFall: "One failure decides: waiting for a second one would cost a second.",
      script: fixed(loadBalancerCheck(spec, timeout)),
    };
  }
  return {
    name: "api_server",
    path: apiServerCheckPath,
    fall: 3,
    whyFall: "An etcd election fails /livez on every node for a moment: not a reason to drop the VIP everywhere.",
    script: fixed(apiServerCheck(spec, timeout)),
  };
}

/** After how many seconds keepalived ends a check; it knows whole ones, and the API server's answer gets one less. */
export function scriptTimeoutSeconds(spec: ClusterSpec): number {
  const seconds = Math.ceil(spec.keepalived.checkTimeout / 1000);
  return spec.loadBalancer.provider === "none" ? Math.max(2, seconds) : Math.max(1, seconds);
}
