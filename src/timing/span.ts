import type { Span } from "./fault.ts";

/** Seconds. */
export function span(best: number, typical: number, worst: number): Span {
  return { best, typical, worst };
}

/** Exactly so long. */
export function exactly(seconds: number): Span {
  return span(seconds, seconds, seconds);
}

/** Until the repair. */
export const untilRepair = exactly(Infinity);

/** Waiting for a clock whose hand may stand anywhere: nothing at best, its whole period at worst. */
export function waiting(period: number): Span {
  return span(0, period / 2, period);
}

/** One after the other. */
export function sum(...spans: readonly Span[]): Span {
  return reduce(spans, (a, b) => a + b);
}

/** At the same time: the longest counts. */
export function longest(...spans: readonly Span[]): Span {
  return reduce(spans, Math.max);
}

/** At the same time: whichever ends first. */
export function shortest(...spans: readonly Span[]): Span {
  return reduce(spans, Math.min);
}

/** Anything from the best of all to the worst of all; typical is the first one's. */
export function either(first: Span, ...others: readonly Span[]): Span {
  const all = [first, ...others];
  return span(Math.min(...all.map(({ best }) => best)), first.typical, Math.max(...all.map(({ worst }) => worst)));
}

function reduce(spans: readonly Span[], operation: (a: number, b: number) => number): Span {
  return spans.reduce((a, b) =>
    span(operation(a.best, b.best), operation(a.typical, b.typical), operation(a.worst, b.worst)),
  );
}
