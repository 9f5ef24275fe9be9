import type { Rule } from "../rule.ts";

/** The pod's grace period; what lasts longer is cut by SIGKILL. */
const gracePeriodMilliseconds = 30_000;

/** Old workers must be gone before kubelet kills the pod. */
export const haproxyDrain: Rule = {
  id: "haproxy-drain",
  summary: "haproxy.drainTimeout is below the pod's grace period of 30 s.",
  reason: "kubelet ends the pod with SIGKILL after its grace period",
  check: (spec) =>
    spec.loadBalancer.provider === "haproxy" && spec.haproxy.drainTimeout >= gracePeriodMilliseconds
      ? [
          {
            severity: "error",
            path: "haproxy.drainTimeout",
            message: `${spec.haproxy.drainTimeout}ms is not below the grace period of ${gracePeriodMilliseconds}ms`,
            remedy: "use 15s",
          },
        ]
      : [],
};
