import { type CrashCommand, type CrashRun, crashAt } from "./crash.ts";

/** A command that is to be killed at each of its steps, every time from the same beginning. */
export interface CrashPoints<State> {
  /** Makes the state of affairs that a run starts from: a new one for each run, as some go on at the same time. */
  readonly prepare: () => State | Promise<State>;
  readonly command: (state: State) => CrashCommand;
  /** Throws if the killed run has left the state as it must not. */
  readonly check: (state: State, run: CrashRun) => void | Promise<void>;
  readonly remove?: (state: State) => void | Promise<void>;
  /** Whether a run is killed at this step; at every one without this. */
  readonly kills?: (step: number) => boolean;
  /** How many runs go on at the same time; 2 without a value. */
  readonly parallel?: number;
}

/**
 * Counts the steps of an undisturbed run, then kills one run at each of them and checks what it leaves.
 * Answers with the undisturbed run. The first failure ends it, as an error that names the step.
 */
export async function forEachCrashPoint<State>(points: CrashPoints<State>): Promise<CrashRun> {
  const undisturbed = await once(points, 0, () => {});
  let next = 1;
  const work = async (): Promise<void> => {
    while (next <= undisturbed.steps) {
      const step = next++;
      if (points.kills?.(step) === false) continue;
      try {
        await once(points, step, (state, run) => {
          if (!run.killed) throw new Error(`it ended after ${run.steps} steps: their number varies`);
          return points.check(state, run);
        });
      } catch (error) {
        next = Number.POSITIVE_INFINITY;
        const place = `killed before step ${step} of ${undisturbed.steps}, ${undisturbed.trace[step - 1]}`;
        throw new Error(`${place}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
  };
  // All have to end before the caller cleans up.
  const ends = await Promise.allSettled(Array.from({ length: points.parallel ?? 2 }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return undisturbed;
}

async function once<State>(
  { prepare, command, remove }: CrashPoints<State>,
  step: number,
  check: CrashPoints<State>["check"],
): Promise<CrashRun> {
  const state = await prepare();
  try {
    const run = await crashAt({ ...command(state), step });
    await check(state, run);
    return run;
  } finally {
    await remove?.(state);
  }
}
