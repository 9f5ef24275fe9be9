import { isSlow } from "../timing/fault-names.ts";
import type { Cell } from "./cells.ts";
import type { FaultDurations, RehearsedFault } from "./faults/fault.ts";

/** How long cells are going to take. Seconds. */
export interface Expectation {
  of(cells: readonly Cell[]): number;
  /** What one of them took in fact. */
  took(cell: Cell, seconds: number): void;
}

/** Guesses from the least that a fault needs, and then from how long it took. */
export function expectedSeconds({
  durations,
  preempts,
  rehearsed,
}: {
  readonly rehearsed: Readonly<Record<Cell["fault"], RehearsedFault>>;
  readonly durations: FaultDurations;
  readonly preempts: boolean;
}): Expectation {
  const known = new Map<Cell["fault"], number>();
  const guess = ({ fault }: Cell): number => {
    const { minimumSeconds, repair } = rehearsed[fault];
    const injection = isSlow(fault) ? durations[fault] : minimumSeconds;
    return steadying + injection + (repair === undefined ? 0 : preempts ? 13 : 5);
  };
  return {
    of: (cells) => cells.reduce((sum, cell) => sum + (known.get(cell.fault) ?? guess(cell)), 0),
    took: ({ fault }, seconds) => void known.set(fault, seconds),
  };
}

const steadying = 4;
