import type { IdleSample, RequestSample, Sample, WatchSample } from "./sample.ts";
import { watchGaps } from "./watch-gaps.ts";

/** What clients went through between two moments. Seconds. */
export interface ClientFigures {
  /** Longest span between two completed answers of fresh requests. */
  readonly blackout: number;
  /** From the window's begin to the first completed answer of a fresh request that started in it. */
  readonly firstSuccess: number | undefined;
  /** From the window's begin to the start of the last failed fresh request; 0 without one. */
  readonly lastFailure: number;
  /** Fresh requests. */
  readonly requests: number;
  readonly failed: number;
  /** Requests on kept HTTP/2 connections. */
  readonly keptRequests: number;
  readonly keptFailed: number;
  /** Longest interruption of a watch, from the last event before it to the first after it. */
  readonly watchGap: number;
  /** Watches that ended or fell silent, and idle streams that ended. */
  readonly streamsCut: number;
  /** Most that the probe itself was late. */
  readonly late: number;
}

/** Machine seconds: begin included, end not. */
export interface Window {
  readonly from: number;
  readonly to: number;
  /** Whether a fault was there when it began: what that did before is not the repair's. */
  readonly afterFault?: boolean;
}

/**
 * Requests count that start in the window or are on their way when it begins, with their outcome even if that came
 * later. A blackout or gap that began before the window counts from its begin, one at the end until `to`. After a
 * fault requests that are on their way do not count, and what began before the window counts from `from`.
 */
export function clientFigures(samples: readonly Sample[], window: Window): ClientFigures {
  const { from, to } = window;
  const requests = samples.filter((sample) => isRequest(sample));
  const fresh = requests.filter((sample) => sample.kind === "fresh");
  const freshInside = fresh.filter((sample) => belongsTo(sample, window));
  const keptInside = requests.filter((sample) => sample.kind === "kept" && belongsTo(sample, window));
  const failures = freshInside.filter(hasFailed);
  const gaps = watchGaps(
    samples.filter((sample) => isWatch(sample)),
    window,
  );
  const answered = freshInside.filter((sample) => !hasFailed(sample) && sample.start >= from && sample.end <= to);

  return {
    blackout: longestBlackout(fresh, window),
    firstSuccess: answered.length === 0 ? undefined : least(answered.map((sample) => sample.end)) - from,
    lastFailure: most(failures.map((sample) => sample.start - from)),
    requests: freshInside.length,
    failed: failures.length,
    keptRequests: keptInside.length,
    keptFailed: keptInside.filter(hasFailed).length,
    watchGap: most(gaps),
    streamsCut: samples.filter((sample) => isCut(sample) && sample.at >= from && sample.at < to).length,
    late: most([...freshInside, ...keptInside].map((sample) => sample.late)),
  };
}

function longestBlackout(fresh: readonly RequestSample[], { from, to, afterFault = false }: Window): number {
  const answers = fresh
    .filter((sample) => !hasFailed(sample) && sample.end <= to)
    .map((sample) => sample.end)
    .toSorted((left, right) => left - right);
  const before = afterFault ? from : (answers.findLast((end) => end <= from) ?? from);
  const moments = [before, ...answers.filter((end) => end > from), to];
  return most(moments.slice(1).map((moment, index) => moment - (moments[index] ?? moment)));
}

function isRequest(sample: Sample): sample is RequestSample {
  return sample.kind === "fresh" || sample.kind === "kept";
}

function isWatch(sample: Sample): sample is WatchSample {
  return sample.kind === "watch";
}

function isCut(sample: Sample): sample is WatchSample | IdleSample {
  if (sample.kind === "watch") return sample.event === "ended" || sample.event === "silent";
  return sample.kind === "idle" && sample.event === "ended";
}

function belongsTo({ start, end }: RequestSample, { from, to, afterFault = false }: Window): boolean {
  return start < to && (start >= from || (!afterFault && end >= from));
}

function hasFailed(sample: RequestSample): boolean {
  return sample.outcome !== "answered";
}

/** Not Math.max: a window of an hour has more samples than a call may have arguments. */
function most(values: readonly number[]): number {
  return values.reduce((longest, value) => Math.max(longest, value), 0);
}

function least(values: readonly number[]): number {
  return values.reduce((shortest, value) => Math.min(shortest, value), Infinity);
}
