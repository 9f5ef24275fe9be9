import { machineSeconds } from "./clock.ts";
import { patience } from "./settings.ts";

const tick = 0.01;

/** Knows when this process did not run although it had to. */
export interface Lateness {
  /** The longest stall, in seconds, between a moment of the last seconds and now. */
  since(moment: number): number;
}

/** Watches the event loop with a timer of 10 ms: as much as that is late, every other event may be. */
export function watchLateness(): Lateness {
  let last = machineSeconds();
  let stalls: { readonly end: number; readonly length: number }[] = [];
  setInterval(() => {
    const now = machineSeconds();
    const length = now - last - tick;
    last = now;
    // Timers count in milliseconds: less is not a stall.
    if (length > 0.002) stalls.push({ end: now, length });
    if (stalls.length > 100) stalls = stalls.filter((stall) => stall.end > now - 2 * patience);
  }, tick * 1000);

  return {
    since(moment) {
      // After a stall, connections are served before timers: the stall that just ended is not in the list yet.
      const current = machineSeconds() - last - tick;
      const longest = stalls.reduce(
        (most, stall) => (stall.end > moment && stall.length > most ? stall.length : most),
        current > 0.002 ? current : 0,
      );
      return longest;
    },
  };
}
