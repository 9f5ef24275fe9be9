import type { Window } from "./figures.ts";
import type { WatchSample } from "./sample.ts";

/** Seconds without an event after which a watch that still stands counts as interrupted; events come each 0.1 s. */
const longestSilence = 0.5;

/**
 * Interruptions of the watches that overlap the window, in seconds: from the last event before one to the first
 * after it. A watch is interrupted when its stream ends, or when nothing comes for more than 0.5 s.
 */
export function watchGaps(samples: readonly WatchSample[], window: Window): readonly number[] {
  const watches = new Map<number, WatchSample[]>();
  for (const sample of samples) {
    const known = watches.get(sample.watch);
    if (known === undefined) watches.set(sample.watch, [sample]);
    else known.push(sample);
  }
  return [...watches.values()].flatMap((watch) => gapsOfOne(watch, window));
}

function gapsOfOne(samples: readonly WatchSample[], { from, to, afterFault = false }: Window): readonly number[] {
  const gaps: number[] = [];
  let last: number | undefined;
  let ended = false;
  const close = (at: number): void => {
    if (last === undefined || at <= from) return;
    // Without the end of a stream there is no interruption before the silence is long enough.
    if (ended || at - last > longestSilence) gaps.push(at - (afterFault ? Math.max(last, from) : last));
  };

  for (const sample of samples.toSorted((left, right) => left.at - right.at)) {
    if (sample.at > to) break;
    if (sample.event === "event") {
      close(sample.at);
      last = sample.at;
      ended = false;
    } else if (sample.event !== "opened") {
      ended = true;
    }
  }
  close(to);
  return gaps;
}
