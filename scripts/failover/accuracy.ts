import type { Span } from "../../src/timing/fault.ts";

/** A measured figure, and what was predicted of it. Seconds. */
export interface Judged {
  readonly measured: number;
  readonly predicted: Span;
  /** Until then it would have been seen to go on; Infinity where it was seen to end. */
  readonly seenUntil: number;
  /** How much later than the moment itself the client may notice it. */
  readonly resolution: number;
}

/** Requests start every 0.02 s, and one takes a few milliseconds. */
export const requestResolution = 0.03;

/** Watches have an event every 0.1 s, and then a request's time passes. */
export const watchResolution = 0.1 + requestResolution;

/** Whether the figure lies between best and worst. */
export function isInside({ measured, predicted: { best, worst }, seenUntil, resolution }: Judged): boolean {
  const isEarly = measured < Math.min(best, seenUntil) - resolution;
  const isLate = measured > worst + resolution && worst < seenUntil;
  return !isEarly && !isLate;
}

/** Whether the typical figure is within 30 % of the measured one, or 0.15 s. */
export function isNear({ measured, predicted: { typical }, seenUntil }: Judged): boolean {
  if (typical >= seenUntil && measured >= seenUntil) return true;
  return Math.abs(measured - Math.min(typical, seenUntil)) <= Math.max(0.15, 0.3 * measured);
}
