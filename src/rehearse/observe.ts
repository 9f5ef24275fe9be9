import type { Pace } from "./pace.ts";
import type { Session } from "./session.ts";

/** How long clients are looked at. Seconds. */
export interface Observation {
  /** From when on: `minimum` and `cap` count from there. */
  readonly since: number;
  readonly minimum: number;
  /** Without any disturbance, after which it may end. */
  readonly quiet: number;
  readonly cap: number;
  /** What has to hold besides. */
  calm?(): boolean;
}

/** How it ended. */
export interface Observed {
  /** Machine second. */
  readonly end: number;
  /** Everything was quiet before the cap. */
  readonly settled: boolean;
}

/** Waits until clients have had their rest for long enough. */
export async function observe(
  session: Session,
  pace: Pace,
  { since, minimum, quiet, cap, calm = () => true }: Observation,
): Promise<Observed> {
  for (;;) {
    const now = pace.now();
    const isQuiet = now - session.lastDisturbance() >= quiet && calm();
    if (isQuiet && now - since >= minimum) return { end: now, settled: true };
    if (now - since >= cap) return { end: now, settled: isQuiet };
    await pace.sleep(step);
  }
}

const step = 0.05;
