import { isSlow } from "../timing/fault-names.ts";
import type { Trial } from "./trials.ts";
import type { FaultDurations, RehearsedFault } from "./faults/fault.ts";

/** How long trials are going to take. Seconds. */
export interface Expectation {
  of(trials: readonly Trial[]): number;
  /** What one of them took in fact. */
  took(trial: Trial, seconds: number): void;
}

/** Guesses from the least that a fault needs, and then from how long it took. */
export function expectedSeconds({
  durations,
  preempts,
  rehearsed,
}: {
  readonly rehearsed: Readonly<Record<Trial["fault"], RehearsedFault>>;
  readonly durations: FaultDurations;
  readonly preempts: boolean;
}): Expectation {
  const known = new Map<Trial["fault"], number>();
  const guess = ({ fault }: Trial): number => {
    const { minimumSeconds, repair } = rehearsed[fault];
    const injection = isSlow(fault) ? durations[fault] : minimumSeconds;
    return steadying + injection + (repair === undefined ? 0 : preempts ? 13 : 5);
  };
  return {
    of: (trials) => trials.reduce((sum, trial) => sum + (known.get(trial.fault) ?? guess(trial)), 0),
    took: ({ fault }, seconds) => void known.set(fault, seconds),
  };
}

const steadying = 4;
