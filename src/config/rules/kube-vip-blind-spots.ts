import type { Rule } from "../rule.ts";

/** kube-vip's election says nothing about the health of the API server. */
export const kubeVipBlindSpots: Rule = {
  id: "kube-vip-blind-spots",
  summary: "With kube-vip a holder whose API server hangs keeps the virtual IP.",
  reason:
    "ARP mode checks no health: the lease is renewed or not (https://github.com/kube-vip/kube-vip/issues/890), and a dead node costs the whole lease and more, 4 to 20 s by preset",
  check: (spec) =>
    spec.virtualIP.provider === "kube-vip" && spec.kubeVip.mode === "arp"
      ? [
          {
            severity: "info",
            path: "virtualIP.provider",
            message:
              spec.loadBalancer.provider === "none"
                ? "kube-vip does not notice an API server that hangs, and everything goes to the holder's"
                : "kube-vip does not notice a load balancer that is dead or hangs on the holder",
            remedy: "use provider keepalived with loadBalancer.provider haproxy where seconds matter",
          },
        ]
      : [],
};
