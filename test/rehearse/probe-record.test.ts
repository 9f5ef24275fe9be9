import { expect, test } from "vitest";

import type { Completion, RequestSample, Sample, WatchSample } from "../../src/probe/sample.ts";
import { createProbeRecord, type ProbeRecord } from "../../src/rehearse/probe-record.ts";

const record = (...lines: readonly (Sample | Completion)[]): ProbeRecord => {
  const record = createProbeRecord();
  for (const line of lines) {
    if (line.kind === "complete") record.listener.completeBefore(line.before);
    else record.listener.sample(line);
  }
  return record;
};

const fresh = (start: number, outcome: RequestSample["outcome"] = "answered"): RequestSample => ({
  kind: "fresh",
  start,
  end: start + 0.01,
  outcome,
  status: outcome === "answered" ? 200 : 0,
  member: "cp1",
  late: 0,
});
const watch = (at: number, event: WatchSample["event"] = "event"): WatchSample => ({
  kind: "watch",
  watch: 0,
  at,
  event,
  member: "cp1",
});
const complete = (before: number): Completion => ({ kind: "complete", before });

test("nothing is wrong without a failure, once the probe has begun", () => {
  expect(record().lastDisturbance(2)).toBe(2);
  expect(record(complete(1), fresh(1.1), watch(1.9), complete(2)).lastDisturbance(2.1)).toBe(1);
});

test("a failed request disturbs when it ends", () => {
  expect(record(complete(0), fresh(1, "refused"), fresh(2), complete(3)).lastDisturbance(3)).toBeCloseTo(1.01);
});

test("an answer that is still missing is wrong now", () => {
  expect(record(complete(1), fresh(1), complete(1.4)).lastDisturbance(3)).toBe(3);
});

test("a watch that ended, that was silent, that is silent", () => {
  const begun = complete(0.5);
  expect(
    record(begun, watch(1), watch(1.1, "ended"), watch(1.2, "opened"), watch(1.3), complete(1.3)).lastDisturbance(1.4),
  ).toBe(1.1);
  expect(record(begun, watch(1), watch(3), watch(3.1), complete(3.1)).lastDisturbance(3.2)).toBe(3);
  expect(record(begun, watch(1), watch(1.1), complete(4)).lastDisturbance(4)).toBe(4);
});

test("an idle stream that ended", () => {
  const ended = record(
    complete(0),
    { kind: "idle", at: 1, event: "opened" },
    { kind: "idle", at: 5, event: "ended" },
    complete(6),
  );
  expect(ended.lastDisturbance(6)).toBe(5);
});

test("samples by moment, and who answered", () => {
  const all = record(fresh(1), watch(2), fresh(3), { ...fresh(3.5, "reset"), member: "cp2" }, complete(4));
  expect(all.between(2, 3)).toEqual([watch(2), fresh(3)]);
  expect(all.answeredSince(2)).toEqual(new Set(["cp1"]));
  expect(all.answeredSince(3.2)).toEqual(new Set());
  expect(all.completeBefore()).toBe(4);
});
