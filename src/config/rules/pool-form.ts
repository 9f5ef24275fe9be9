import { networkSpan, parseRange } from "../../net/address-span.ts";
import type { AddressPool } from "../kube-vip-spec.ts";
import { poolPath } from "../pool-spans.ts";
import type { Problem, Rule } from "../rule.ts";
import { refuseIf } from "./refuse.ts";

/** Pools as kube-vip-cloud-provider reads them. */
export const poolForm: Rule = {
  id: "pool-form",
  summary: "A pool is ranges, CIDRs or DHCP, of a namespace of its own, and no other pool hides it.",
  reason:
    "kube-vip-cloud-provider looks for CIDRs everywhere before it looks for ranges, and takes the first it finds: https://github.com/kube-vip/kube-vip-cloud-provider/blob/v0.0.12/pkg/provider/loadBalancer.go",
  check: ({ serviceLoadBalancer: services, kubeVip }) => {
    if (services === undefined) return [];
    const { pools } = services;
    const names = pools.map(({ namespace }) => namespace ?? "global");
    const global = pools.find(({ namespace }) => namespace === undefined);
    return [
      ...refuseIf(services.cloudProvider && pools.length === 0, "serviceLoadBalancer.pools", [
        "there is no pool from which services get their addresses",
        "write one, such as [{ranges: [192.168.10.200-192.168.10.219]}], or cloudProvider: false",
      ]),
      ...refuseIf(!services.cloudProvider && pools.length > 0, "serviceLoadBalancer.pools", [
        "pools are what kube-vip-cloud-provider reads, and cloudProvider is false",
        "remove one of the two",
      ]),
      ...pools.flatMap((pool, index) => [
        ...sources(pool, index),
        ...refuseIf(names.indexOf(pool.namespace ?? "global") < index, poolPath(index), [
          `is a second pool of ${pool.namespace ?? "all namespaces"}`,
          "write all its addresses into one",
        ]),
        ...refuseIf(pool.dhcp && kubeVip.mode !== "arp", poolPath(index, "dhcp"), [
          `DHCP needs the segment of the nodes, and kubeVip.mode is ${kubeVip.mode}`,
          "write ranges or cidrs",
        ]),
        ...refuseIf(
          pool.namespace !== undefined && pool.ranges.length > 0 && global !== undefined && hasCIDR(global),
          poolPath(index, "ranges"),
          [
            `would never be used: the CIDRs of the pool for all namespaces come before the ranges of ${pool.namespace ?? ""}`,
            "write this pool as cidrs, or that one as ranges",
          ],
        ),
      ]),
    ];
  },
};

function sources(pool: AddressPool, index: number): readonly Problem[] {
  const kinds = [pool.ranges.length > 0, pool.cidrs.length > 0, pool.dhcp].filter(Boolean).length;
  return [
    ...refuseIf(kinds !== 1, poolPath(index), [
      kinds === 0 ? "has no addresses" : "has addresses of several kinds, of which only one would be used",
      "write one of ranges, cidrs and dhcp: true",
    ]),
    ...pool.ranges.flatMap((text, item) =>
      refuseIf(parseRange(text) === undefined, poolPath(index, `ranges[${item}]`), [
        `"${text}" is no range of addresses of one family`,
        "write FIRST-LAST, such as 192.168.10.200-192.168.10.219",
      ]),
    ),
    ...pool.cidrs.flatMap((text, item) =>
      refuseIf(networkSpan(text) === undefined || text === "0.0.0.0/32", poolPath(index, `cidrs[${item}]`), [
        `"${text}" is no network`,
        "write ADDRESS/LENGTH, such as 192.168.10.192/27; for DHCP dhcp: true",
      ]),
    ),
  ];
}

/** DHCP is written as a CIDR. */
function hasCIDR({ cidrs, dhcp }: AddressPool): boolean {
  return dhcp || cidrs.length > 0;
}
