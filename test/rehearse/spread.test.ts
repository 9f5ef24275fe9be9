import { expect, test } from "vitest";

import { awaitSpread } from "../../src/rehearse/spread.ts";
import { fakePace, fakeSession } from "./fakes.ts";

test("a server that came back is waited for", async () => {
  const pace = fakePace();
  const session = fakeSession(pace);
  expect(await awaitSpread(session, pace, 0)).toBeUndefined();
  session.answering = ["cp1", "cp3"];
  pace.at(12, () => (session.answering = ["cp2", "cp1", "cp3"]));
  const begin = pace.now();
  expect(await awaitSpread(session, pace, begin)).toBeUndefined();
  expect(pace.now() - begin).toBeCloseTo(12, 0);
});

test("one that never does is told", async () => {
  const pace = fakePace();
  const session = fakeSession(pace);
  await awaitSpread(session, pace, 0);
  session.answering = ["cp1"];
  expect(await awaitSpread(session, pace, 0)).toBe("clients do not reach the API server of cp2 and cp3 again");
});

test("where clients reached only one from the start, there is nothing to wait for but once", async () => {
  const pace = fakePace();
  const session = fakeSession(pace);
  session.answering = ["cp1"];
  expect(await awaitSpread(session, pace, 0)).toBeUndefined();
  const begin = pace.now();
  expect(await awaitSpread(session, pace, 0)).toBeUndefined();
  expect(pace.now()).toBe(begin);
});
