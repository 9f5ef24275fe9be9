import type { DraftRule } from "../rule.ts";
import type { HAConfiguration } from "../schema.ts";

/** Somebody must hold an address. */
export const virtualIPMissing: DraftRule = {
  id: "virtual-ip-missing",
  summary: "There is a virtual IP and a provider for it.",
  reason: "the endpoint must be an address that outlives every single node",
  check: ({ virtualIP, kubeVip }) => [
    ...((virtualIP?.addresses ?? []).length > 0 ||
    virtualIP?.provider === "none" ||
    isLookedUp(virtualIP?.provider, kubeVip)
      ? []
      : [
          {
            severity: "error" as const,
            path: "virtualIP.addresses",
            message: "no virtual IP is given",
            remedy: "write a free address of the nodes' network, such as [192.168.10.100]",
          },
        ]),
    ...(virtualIP?.provider === undefined
      ? [
          {
            severity: "error" as const,
            path: "virtualIP.provider",
            message: "is missing",
            remedy: "choose keepalived (fast, independent of the API) or kube-vip (one pod, no further program)",
          },
        ]
      : []),
  ],
};

/** With DHCP nobody knows the address beforehand. */
function isLookedUp(provider: string | undefined, kubeVip: HAConfiguration["kubeVip"]): boolean {
  return provider === "kube-vip" && kubeVip?.dns?.dynamic === true;
}
