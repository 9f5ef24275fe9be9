import type { RequestSample, WatchSample } from "../../src/probe/sample.ts";

export function answered(start: number, end: number): RequestSample {
  return { kind: "fresh", start, end, outcome: "answered", status: 200, member: "cp1", late: 0 };
}

export function failed(start: number, end: number): RequestSample {
  return { kind: "fresh", start, end, outcome: "timeout", status: 0, member: "", late: 0 };
}

/** Answered requests from one moment until before another, each after 0.01 s. */
export function fresh(from: number, to: number, interval: number): readonly RequestSample[] {
  return Array.from({ length: Math.round((to - from) / interval) }, (_, index) => {
    const start = from + index * interval;
    return answered(start, start + 0.01);
  });
}

/** Events of a watch each 0.1 s, from one moment until before another. */
export function watching(watch: number, from: number, to: number): readonly WatchSample[] {
  return Array.from({ length: Math.round((to - from) / 0.1) }, (_, index) => ({
    kind: "watch",
    watch,
    at: from + index * 0.1,
    event: "event",
    member: "cp1",
  }));
}
