import { availableParallelism, loadavg } from "node:os";

/** How busy a machine is. */
export interface Busyness {
  /** Load average of the last minute. */
  readonly load: number;
  readonly cores: number;
  /** By how many seconds a timer of this process was late at most. */
  readonly late: number;
}

/** What makes measurements on this machine doubtful; undefined on a quiet one. */
export function busyWarning({ load, cores, late }: Busyness): string | undefined {
  const reasons = [
    ...(load > cores / 2 ? [`its load average is ${load.toFixed(1)} on ${cores} cores`] : []),
    ...(late > latest ? [`a timer was ${Math.round(late * 1000)} ms late`] : []),
  ];
  return reasons.length === 0
    ? undefined
    : `this machine is busy (${reasons.join(", ")}): outages may look longer than they are`;
}

// Half of what makes a sample late.
const latest = 0.025;

/** Looks at this machine for a second. */
export async function measureBusyness(): Promise<Busyness> {
  return { load: load(), cores: availableParallelism(), late: await timerLateness(1) };
}

/** Load average of the last minute. */
export function load(): number {
  return loadavg()[0] ?? 0;
}

function timerLateness(seconds: number): Promise<number> {
  const interval = 10;
  const begin = performance.now();
  let expected = begin + interval;
  let latest = 0;
  return new Promise((resolve) => {
    const tick = (): void => {
      const now = performance.now();
      latest = Math.max(latest, now - expected);
      expected = now + interval;
      if (now - begin < seconds * 1000) setTimeout(tick, interval);
      else resolve(latest / 1000);
    };
    setTimeout(tick, interval);
  });
}
