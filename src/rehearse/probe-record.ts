import type { ProbeListener } from "../probe/read-output.ts";
import type { IdleSample, RequestSample, Sample, WatchSample } from "../probe/sample.ts";

/** What the probe has printed so far. Machine seconds. */
export interface ProbeRecord {
  readonly listener: Required<ProbeListener>;
  /** Every request that started before this moment is known. */
  completeBefore(): number;
  /** When clients last noticed anything; `now` while something is wrong. */
  lastDisturbance(now: number): number;
  /** Everything that began or happened between two moments. */
  between(from: number, to: number): readonly Sample[];
  /** The API servers that have answered fresh requests which started since this moment. */
  answeredSince(moment: number): ReadonlySet<string>;
}

/** Collects the probe's output. */
export function createProbeRecord(): ProbeRecord {
  const samples: Sample[] = [];
  let complete = -Infinity;
  let disturbed = -Infinity;
  const watches = new Map<number, number>();
  return {
    listener: {
      completeBefore: (moment) => {
        // Nothing is known of the time before the probe has begun.
        if (complete === -Infinity) disturbed = moment;
        complete = moment;
      },
      sample: (sample) => {
        samples.push(sample);
        disturbed = Math.max(disturbed, sample.kind === "watch" ? noteWatch(watches, sample) : disturbance(sample));
      },
    },
    completeBefore: () => complete,
    lastDisturbance: (now) => {
      const waiting = now - complete > longestAnswer;
      const silent = [...watches.values()].some((last) => now - last > longestSilence);
      return waiting || silent ? now : disturbed;
    },
    between: (from, to) => samples.filter((sample) => momentOf(sample) >= from && momentOf(sample) <= to),
    answeredSince: (moment) =>
      new Set(
        samples.flatMap((sample) =>
          sample.kind === "fresh" && sample.outcome === "answered" && sample.start >= moment ? sample.member : [],
        ),
      ),
  };
}

// An answer takes milliseconds, on kept connections 0.1 s by order, and the probe prints every 0.05 s; but a
// machine that is busy is no reason to wait for ever.
const longestAnswer = 1.5;

// A watch has an event each 0.1 s.
const longestSilence = 1.5;

function noteWatch(watches: Map<number, number>, { watch, event, at }: WatchSample): number {
  const last = watches.get(watch) ?? at;
  if (event === "event" || !watches.has(watch)) watches.set(watch, at);
  return event === "ended" || event === "silent" || at - last > longestSilence ? at : -Infinity;
}

function disturbance(sample: RequestSample | IdleSample): number {
  if (sample.kind === "idle") return sample.event === "ended" ? sample.at : -Infinity;
  return sample.outcome === "answered" ? -Infinity : sample.end;
}

function momentOf(sample: Sample): number {
  return "start" in sample ? sample.start : sample.at;
}
