import { describe, expect, test } from "vitest";

import { healthAnswer } from "../../src/rehearse/api-server/health.ts";
import type { HealthState } from "../../src/rehearse/api-server/health.ts";

function status(path: string, state: HealthState, draining = false): number | string | undefined {
  const answer = healthAnswer(new URL(path, "https://kubernetes"), { state, draining });
  return typeof answer === "object" ? answer.status : answer;
}

const excluding = "/readyz?exclude=etcd&exclude=etcd-readiness";

describe.each([
  ["good", { "/livez": 200, "/livez?exclude=etcd": 200, "/readyz": 200, [excluding]: 200, "/healthz": 200 }],
  ["not-ready", { "/livez": 200, "/livez?exclude=etcd": 200, "/readyz": 500, [excluding]: 500, "/healthz": 200 }],
  ["no-etcd", { "/livez": 500, "/livez?exclude=etcd": 200, "/readyz": 500, [excluding]: 200, "/healthz": 500 }],
  [
    "etcd-silent",
    { "/livez": "silent", "/livez?exclude=etcd": 200, "/readyz": "silent", [excluding]: 200, "/healthz": "silent" },
  ],
] as const)("%s", (state, answers) => {
  test.each(Object.entries(answers))("%s: %s", (path, expected) => expect(status(path, state)).toBe(expected));
});

test("while it shuts down only /readyz is bad", () => {
  expect(status("/readyz", "good", true)).toBe(500);
  expect(status(excluding, "good", true)).toBe(500);
  expect(status("/livez", "good", true)).toBe(200);
  expect(status("/healthz", "good", true)).toBe(200);
});

test("etcd alone is not all of what /readyz asks of it", () => {
  expect(status("/readyz?exclude=etcd", "no-etcd")).toBe(500);
});

test("another path is no health path", () => {
  expect(status("/version", "no-etcd")).toBeUndefined();
  expect(status("/livez/etcd", "good")).toBeUndefined();
});
