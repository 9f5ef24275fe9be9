import type { Rule } from "../rule.ts";

/** Balancing by the holder of the address. */
export const kubeVipIPVS: Rule = {
  id: "kube-vip-ipvs",
  summary: "IPVS balancing of kube-vip is the only balancer, and masquerades.",
  reason:
    "the kernel delivers every connection of another method to the holder itself or asks for settings of the API servers' hosts: https://github.com/kube-vip/kube-vip/issues/825",
  check: ({ virtualIP, loadBalancer, kubeVip: { ipvs } }) => {
    if (virtualIP.provider !== "kube-vip" || ipvs === undefined) return [];
    return [
      ...(loadBalancer.provider === "none"
        ? []
        : [
            {
              severity: "error" as const,
              path: "kubeVip.ipvs",
              message: `IPVS would take the connections before ${loadBalancer.provider} sees them`,
              remedy: "remove one of the two",
            },
          ]),
      ...(ipvs.forwardingMethod === "masquerade"
        ? []
        : [
            {
              severity: "warning" as const,
              path: "kubeVip.ipvs.forwardingMethod",
              message: `${ipvs.forwardingMethod} does not spread connections over API servers as kubeadm sets them up`,
              remedy: "leave it out: masquerade",
            },
          ]),
    ];
  },
};
