import type { Problem, Rule } from "../rule.ts";
import { usesKubeVip } from "./kube-vip-image.ts";

/** client-go's leader election ends the process on any other order. */
export const leaseOrder: Rule = {
  id: "lease-order",
  summary: "kubeVip.leaseDuration > renewDeadline > 1.2 × retryPeriod, in whole seconds.",
  reason:
    "leader election in client-go panics otherwise: https://pkg.go.dev/k8s.io/client-go/tools/leaderelection#NewLeaderElector",
  check: (spec) => {
    if (!usesKubeVip(spec)) return [];
    const { leaseDurationSeconds: lease, renewDeadlineSeconds: renew, retryPeriodSeconds: retry } = spec.kubeVip;
    const fractions = Object.entries({ leaseDuration: lease, renewDeadline: renew, retryPeriod: retry }).flatMap(
      ([key, value]): readonly Problem[] =>
        Number.isInteger(value)
          ? []
          : [
              {
                severity: "error",
                path: `kubeVip.${key}`,
                message: `${value} s is not a whole number of seconds`,
                remedy: "kube-vip reads whole seconds only",
              },
            ],
    );
    if (fractions.length > 0) return fractions;
    const order: Problem[] = [];
    if (lease <= renew)
      order.push({
        severity: "error",
        path: "kubeVip.leaseDuration",
        message: `leaseDuration ${lease}s is not longer than renewDeadline ${renew}s`,
        remedy: "use 15s, 10s, 2s or leave all three out",
      });
    if (renew <= 1.2 * retry)
      order.push({
        severity: "error",
        path: "kubeVip.renewDeadline",
        message: `renewDeadline ${renew}s is not longer than 1.2 × retryPeriod ${retry}s`,
        remedy: "use 15s, 10s, 2s or leave all three out",
      });
    return order;
  },
};
