import { type AddressSpan, networkSpan, parseRange } from "../net/address-span.ts";
import type { ServiceLoadBalancerSpec } from "./kube-vip-spec.ts";

/** Part of a pool, as it was written and where. */
export interface PoolSpan extends AddressSpan {
  readonly text: string;
  readonly path: string;
  /** Position of the pool. */
  readonly pool: number;
}

/** Everything in the pools that can be read. */
export function poolSpans(services: ServiceLoadBalancerSpec | undefined): readonly PoolSpan[] {
  return (services?.pools ?? []).flatMap(({ ranges, cidrs }, pool) => {
    const place = (list: "ranges" | "cidrs", item: number): string => poolPath(pool, `${list}[${item}]`);
    return [
      ...ranges.map((text, item) => ({ text, span: parseRange(text), path: place("ranges", item) })),
      ...cidrs.map((text, item) => ({ text, span: networkSpan(text), path: place("cidrs", item) })),
    ].flatMap(({ span, ...rest }) => (span === undefined ? [] : [{ ...span, ...rest, pool }]));
  });
}

/** The key of a pool, or of something in it. */
export function poolPath(pool: number, below = ""): string {
  return `serviceLoadBalancer.pools[${pool}]${below === "" ? "" : `.${below}`}`;
}
