import type { DraftRule, Problem } from "../rule.ts";
import type { HAConfiguration } from "../schema.ts";

/** Something must lead clients to a node that works. */
export const virtualIPMissing: DraftRule = {
  id: "virtual-ip-missing",
  summary: "There is a virtual IP and a provider for it, or an external load balancer.",
  reason: "the endpoint must be an address that outlives every single node",
  check: (configuration) =>
    configuration.loadBalancer?.provider === "external" ? ofSomebodyElse(configuration) : ofOurs(configuration),
};

// The balancer has its own address, which moves or not as its owner wants.
function ofSomebodyElse({ virtualIP }: HAConfiguration): readonly Problem[] {
  const { provider, addresses = [] } = virtualIP ?? {};
  return [
    ...(provider === undefined || provider === "none"
      ? []
      : [
          {
            severity: "error" as const,
            path: "virtualIP.provider",
            message: `${provider} would hold an address on the nodes, past the external load balancer`,
            remedy: "leave virtualIP out, or choose another loadBalancer.provider",
          },
        ]),
    ...(addresses.length === 0
      ? []
      : [
          {
            severity: "error" as const,
            path: "virtualIP.addresses",
            message: "the external load balancer holds its address itself",
            remedy: "write it as controlPlaneEndpoint, or among certSANs where controlPlaneEndpoint is a name",
          },
        ]),
  ];
}

function addressesOfNobody(addresses: readonly string[]): readonly Problem[] {
  if (addresses.length === 0) return [];
  const remedy = "choose keepalived or kube-vip, or leave the addresses out";
  return [{ severity: "error", path: "virtualIP.addresses", message: "provider none holds no address", remedy }];
}

function ofOurs({ virtualIP, kubeVip, loadBalancer, workerProxy }: HAConfiguration): readonly Problem[] {
  const proxies = workerProxy !== undefined && (loadBalancer?.provider ?? "none") === "none";
  if (virtualIP?.provider === "none" && proxies) return addressesOfNobody(virtualIP.addresses ?? []);
  if (virtualIP?.provider === "none")
    return [
      {
        severity: "error",
        path: "virtualIP.provider",
        message: "none leaves clients with the address of a single node",
        remedy: "use keepalived or kube-vip, loadBalancer.provider external, or workerProxy without a load balancer",
      },
    ];
  return [
    ...((virtualIP?.addresses ?? []).length > 0 || isLookedUp(virtualIP?.provider, kubeVip)
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
  ];
}

/** With DHCP nobody knows the address beforehand. */
function isLookedUp(provider: string | undefined, kubeVip: HAConfiguration["kubeVip"]): boolean {
  return provider === "kube-vip" && kubeVip?.dns?.dynamic === true;
}
