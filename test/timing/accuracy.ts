import type { Span } from "../../src/timing/fault.ts";

/** A measured figure, and what was predicted of it. Seconds. */
export interface Cell {
  readonly name: string;
  readonly measured: number;
  readonly predicted: Span;
  /** How long it was observed: what would have lasted longer was still going on then. */
  readonly observed: number;
  /** Requests that began later than this before the end were never judged. */
  readonly unjudged: number;
}

/** Two answers are never nearer than two requests. */
const resolution = 0.03;

/** Whether the figure lies between best and worst. */
export function isInside({ measured, predicted: { best, worst }, observed, unjudged }: Cell): boolean {
  const end = observed - unjudged;
  return measured >= Math.min(best, end) - resolution && (measured <= worst + resolution || worst >= end);
}

/** Whether the typical figure is within 30 % or 0.15 s. */
export function isNear({ measured, predicted: { typical }, observed, unjudged }: Cell): boolean {
  const expected = Math.min(typical, observed);
  const difference =
    typical >= observed - unjudged && measured >= observed - unjudged ? 0 : Math.abs(measured - expected);
  return difference <= Math.max(0.15, 0.3 * measured);
}

/** For a failing test, and for reports. */
export function cellText({ name, measured, predicted: { best, typical, worst } }: Cell): string {
  return `${name}: measured ${measured}, predicted ${best.toFixed(2)} ${typical.toFixed(2)} ${worst.toFixed(2)}`;
}
