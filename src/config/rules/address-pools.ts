import { spanContains, spansOverlap } from "../../net/address-span.ts";
import { type PoolSpan, poolSpans } from "../pool-spans.ts";
import type { Problem, Rule } from "../rule.ts";
import type { ClusterSpec } from "../spec.ts";
import { refuseIf } from "./refuse.ts";

/** Addresses for services belong to nobody else. */
export const addressPools: Rule = {
  id: "address-pools",
  summary: "Pools of services hold neither the virtual IP nor a node's address, and no address twice.",
  reason:
    "two machines would answer for one address, and the API or a node is cut off as soon as a service gets its address",
  check: (spec) => {
    const spans = poolSpans(spec.serviceLoadBalancer);
    return spans.flatMap((span, index) => [
      ...taken(span, spec),
      ...spans
        .slice(0, index)
        .filter((other) => spansOverlap(span, other))
        .slice(0, 1)
        .flatMap(({ text }) => refuseIf(true, span.path, [`${span.text} overlaps ${text}`, "keep them apart"])),
    ]);
  },
};

function taken(span: PoolSpan, { virtualIP, nodes }: ClusterSpec): readonly Problem[] {
  const owners = [
    ...virtualIP.addresses.map((address) => ({ address, owner: "the virtual IP" })),
    ...nodes.flatMap(({ name, addresses }) =>
      addresses.map((address) => ({ address, owner: `the address of node ${name}` })),
    ),
  ];
  return owners
    .filter(({ address }) => spanContains(span, address))
    .flatMap(({ address, owner }) =>
      refuseIf(true, span.path, [
        `${span.text} contains ${address.text}, ${owner}`,
        "choose addresses that nobody has",
      ]),
    );
}
