import type { Problem, Rule } from "../rule.ts";

/** The pod's grace period; what lasts longer is cut by SIGKILL. */
const gracePeriodMilliseconds = 30_000;

/** Times of haproxy that contradict each other or the pod. */
export const haproxyTiming: Rule = {
  id: "haproxy-timing",
  summary:
    "haproxy.drainTimeout is below the pod's grace period of 30 s, and fastInterval is no longer than checkInterval.",
  reason:
    "kubelet ends the pod with SIGKILL after its grace period; a second check after a failure must not come later than usual",
  check: ({ loadBalancer, haproxy }) => {
    if (loadBalancer.provider !== "haproxy") return [];
    const problems: Problem[] = [];
    if (haproxy.drainTimeout >= gracePeriodMilliseconds)
      problems.push({
        severity: "error",
        path: "haproxy.drainTimeout",
        message: `${haproxy.drainTimeout}ms is not below the grace period of ${gracePeriodMilliseconds}ms`,
        remedy: "use 15s",
      });
    if (haproxy.fastInterval > haproxy.checkInterval)
      problems.push({
        severity: "error",
        path: "haproxy.fastInterval",
        message: `${haproxy.fastInterval}ms is longer than checkInterval, ${haproxy.checkInterval}ms`,
        remedy: "use a quarter of checkInterval",
      });
    return problems;
  },
};
