import { describe, expect, it } from "vitest";

import { kubeVipRBAC } from "../../src/components/kube-vip/rbac.ts";
import type { ServiceLoadBalancerSpec } from "../../src/config/kube-vip-spec.ts";
import type { ClusterSpec } from "../../src/config/spec.ts";
import { ordinaryKubeVip } from "../support/kube-vip-spec.ts";
import { firstNode, kubeVipCluster } from "./cluster.ts";

const services: ServiceLoadBalancerSpec = {
  deployAs: "daemon-set",
  interface: undefined,
  electionPerService: false,
  class: undefined,
  onlyServicePorts: false,
  cloudProvider: true,
  pools: [],
  searchOrder: "asc",
  skipEndAddresses: false,
  egress: undefined,
};
const bgp = { ...ordinaryKubeVip, mode: "bgp" } as const;
const ipvs = { forwardingMethod: "masquerade", checkIntervalSeconds: 5 } as const;

// The calls of kube-vip v1.2.1 by feature: what it needs, and the resources that it may have.
const calls: Readonly<Record<string, readonly string[]>> = {
  lease: ["leases:get", "leases:create", "leases:update"],
  routing: ["nodes:get"],
  ipvs: ["nodes:watch"],
  label: ["nodes:get", "nodes:patch"],
  services: [
    "services:get",
    "services:list",
    "services:watch",
    "services:update",
    "services/status:update",
    "endpointslices:list",
    "endpointslices:watch",
  ],
  egress: ["pods:list"],
};

describe("the rights of kube-vip", () => {
  it.each<[string, Partial<ClusterSpec>, boolean, readonly string[]]>([
    ["ARP", {}, false, ["lease"]],
    ["BGP", { kubeVip: bgp }, false, []],
    ["a routing table", { kubeVip: { ...ordinaryKubeVip, mode: "routing-table" } }, false, ["routing"]],
    ["IPVS", { kubeVip: { ...ordinaryKubeVip, ipvs } }, false, ["lease", "ipvs"]],
    ["a label", { kubeVip: { ...ordinaryKubeVip, nodeLabeling: true } }, false, ["lease", "label"]],
    ["services", { serviceLoadBalancer: services }, true, ["lease", "services"]],
    ["services with BGP", { serviceLoadBalancer: services, kubeVip: bgp }, true, ["services"]],
    [
      "services with a lease each",
      { serviceLoadBalancer: { ...services, electionPerService: true }, kubeVip: bgp },
      true,
      ["lease", "services"],
    ],
    [
      "egress",
      { serviceLoadBalancer: { ...services, egress: { podCIDR: "10.244.0.0/16", serviceCIDR: undefined } } },
      true,
      ["lease", "services", "egress"],
    ],
  ])("for %s are those of what it does", (_, changes, withServices, features) => {
    const granted = rights(kubeVipCluster({ deployAs: "daemon-set", ...changes }), withServices);
    const needed = features.flatMap((feature) => calls[feature] ?? []);
    for (const right of needed) expect(granted).toContain(right);
    // Nothing of a resource that no feature of these needs; kube-vip's own rule for endpoints goes with services.
    const resources = new Set([...needed.map(resourceOf), ...(withServices ? ["endpoints"] : [])]);
    expect(granted.map(resourceOf).filter((resource) => !resources.has(resource))).toEqual([]);
    // Nobody may delete anything, or do anything to secrets.
    expect(granted.filter((right) => /:(delete|deletecollection|\*)$|^secrets|^\*/.test(right))).toEqual([]);
    if (!features.includes("label"))
      expect(granted.filter((right) => /^nodes:(patch|update)$/.test(right))).toEqual([]);
  });
});

function rights(spec: ClusterSpec, withServices: boolean): readonly string[] {
  const member = {
    spec,
    node: firstNode(spec),
    job: { controlPlane: true, services: withServices, as: "daemon-set" },
  } as const;
  const [, role] = kubeVipRBAC(member);
  return (role.rules ?? []).flatMap(({ resources = [], verbs }) =>
    resources.flatMap((resource) => verbs.map((verb) => `${resource}:${verb}`)),
  );
}

function resourceOf(right: string): string {
  return right.split(":")[0] ?? "";
}
