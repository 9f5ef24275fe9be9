import { describe, expect, test } from "vitest";

import { clientFigures } from "../../src/probe/figures.ts";
import { answered, failed, fresh, watching } from "./samples.ts";

const window = { from: 10, to: 20 };

describe("nothing was measured", () => {
  test("it is a blackout of the whole window, without a failure", () => {
    expect(clientFigures([], window)).toEqual({
      blackout: 10,
      firstSuccess: undefined,
      lastFailure: 0,
      requests: 0,
      failed: 0,
      keptRequests: 0,
      keptFailed: 0,
      watchGap: 0,
      streamsCut: 0,
      late: 0,
    });
  });
});

describe("blackout", () => {
  test("of a healthy time it is the longest step between two answers", () => {
    const figures = clientFigures(fresh(5, 25, 0.02), window);
    expect(figures.blackout).toBeCloseTo(0.02, 6);
    expect(figures.requests).toBe(500);
    expect(figures.failed).toBe(0);
    expect(figures.firstSuccess).toBeCloseTo(0.01, 6);
  });

  test("goes from one completed answer to the next, failures are in between", () => {
    const samples = [answered(9.9, 9.95), answered(11, 11.1), failed(12, 12.1), failed(13, 18), answered(14, 14.5)];
    expect(clientFigures(samples, { from: 10, to: 15 })).toMatchObject({
      blackout: expect.closeTo(3.4, 6),
      requests: 4,
      failed: 2,
      firstSuccess: expect.closeTo(1.1, 6),
      lastFailure: 3,
    });
  });

  test("that began before the window counts from its begin", () => {
    expect(clientFigures([answered(6, 7), ...fresh(12, 21, 0.02)], window).blackout).toBeCloseTo(5.01, 6);
  });

  test("that a fault began counts for the repair from the repair on", () => {
    const samples = [answered(6, 7), ...fresh(12, 21, 0.02)];
    expect(clientFigures(samples, { ...window, afterFault: true }).blackout).toBeCloseTo(2.01, 6);
  });

  test("that lasts at the end counts until the end", () => {
    expect(clientFigures(fresh(5, 14, 0.02), window).blackout).toBeCloseTo(6.01, 2);
  });

  test("is total when the last answer came before the window and the next after it", () => {
    const figures = clientFigures([answered(9, 9.5), failed(11, 16), failed(12, 17), answered(21, 21.1)], window);
    expect(figures).toMatchObject({ blackout: 10.5, firstSuccess: undefined, lastFailure: 2, requests: 2, failed: 2 });
  });

  test("does not see an answer that completes after the window, which still is no failure", () => {
    expect(clientFigures([answered(10, 10.1), answered(19, 22)], window)).toMatchObject({
      blackout: expect.closeTo(9.9, 6),
      requests: 2,
      failed: 0,
    });
  });

  test("does not depend on the order in which requests ended", () => {
    const samples = [answered(10, 15), answered(10.5, 11), answered(12, 13), answered(16, 19.9)];
    const reversed = [...samples].toReversed();
    expect(clientFigures(samples, window)).toEqual(clientFigures(reversed, window));
    expect(clientFigures(samples, window).blackout).toBeCloseTo(4.9, 6);
  });
});

describe("requests", () => {
  test("that were on their way when the fault came count, and not for its repair", () => {
    const samples = [failed(8, 9), failed(9.5, 10.5), answered(9.99, 10.01)];
    expect(clientFigures(samples, window)).toMatchObject({ requests: 2, failed: 1, lastFailure: 0 });
    expect(clientFigures(samples, { ...window, afterFault: true })).toMatchObject({ requests: 0, failed: 0 });
  });

  test("count by their start: the begin is inside, the end is not", () => {
    const samples = [failed(9.98, 9.99), failed(10, 15), failed(19.99, 24.99), failed(20, 25)];
    expect(clientFigures(samples, window)).toMatchObject({
      requests: 2,
      failed: 2,
      lastFailure: expect.closeTo(9.99, 6),
    });
  });

  test("an answer before the window's begin is no first success in it", () => {
    const samples = [answered(9.9, 10.3), answered(10.2, 10.5)];
    expect(clientFigures(samples, window).firstSuccess).toBeCloseTo(0.5, 6);
  });

  test("an answer with another status is a failure", () => {
    expect(clientFigures([{ ...answered(11, 12), outcome: "status", status: 500 }], window).failed).toBe(1);
  });

  test("kept ones are counted apart, and neither end a blackout nor a failure's time", () => {
    const samples = [
      answered(10, 10.1),
      { ...answered(12, 12.1), kind: "kept" as const },
      { ...failed(13, 14), kind: "kept" as const },
      answered(15, 15.1),
    ];
    expect(clientFigures(samples, { from: 10, to: 16 })).toMatchObject({
      blackout: 5,
      lastFailure: 0,
      requests: 2,
      failed: 0,
      keptRequests: 2,
      keptFailed: 1,
    });
  });

  test("on kept connections count the same way: each has one on its way when a fault comes", () => {
    const kept = [failed(9.9, 10), failed(19.9, 24.9), failed(8, 9.9)].map((sample) => ({
      ...sample,
      kind: "kept" as const,
    }));
    expect(clientFigures(kept, window)).toMatchObject({ requests: 0, keptRequests: 2, keptFailed: 2 });
  });

  test("the latest of both kinds inside the window is told", () => {
    const samples = [
      { ...answered(9, 9.1), late: 9 },
      { ...answered(11, 11.1), late: 0.01 },
      { ...answered(12, 12.1), kind: "kept" as const, late: 0.2 },
    ];
    expect(clientFigures(samples, window).late).toBe(0.2);
  });

  test("an hour of them is not too much", () => {
    expect(clientFigures(fresh(0, 3600, 0.02), { from: 0, to: 3600 }).requests).toBe(180_000);
  });
});

describe("watches", () => {
  test("without an interruption there is no gap", () => {
    expect(clientFigures(watching(0, 5, 25), window)).toMatchObject({ watchGap: 0, streamsCut: 0 });
  });

  test("a stream that ends and comes back is a gap, however short", () => {
    const samples = [
      ...watching(0, 5, 12),
      { kind: "watch", watch: 0, at: 12.05, event: "ended", member: "cp1" } as const,
      { kind: "watch", watch: 0, at: 12.1, event: "opened", member: "cp2" } as const,
      ...watching(0, 12.2, 25),
      ...watching(1, 5, 25),
    ];
    expect(clientFigures(samples, window)).toMatchObject({ watchGap: expect.closeTo(0.3, 6), streamsCut: 1 });
  });

  test("half a second without an event is none, more is one", () => {
    expect(clientFigures([...watching(0, 5, 12), ...watching(0, 12.4, 25)], window).watchGap).toBe(0);
    const late = clientFigures([...watching(0, 5, 12), ...watching(0, 12.7, 25)], window);
    expect(late).toMatchObject({ watchGap: expect.closeTo(0.8, 6), streamsCut: 0 });
  });

  test("one that is silent until the end counts until the end, and from its last event before the window", () => {
    const samples = [
      ...watching(0, 5, 9),
      { kind: "watch", watch: 0, at: 14, event: "silent", member: "cp1" } as const,
    ];
    expect(clientFigures(samples, window)).toMatchObject({ watchGap: expect.closeTo(11.1, 6), streamsCut: 1 });
  });

  test("a gap before the window and one after it are none of its", () => {
    const samples = [...watching(0, 3, 5), ...watching(0, 8, 22), ...watching(0, 25, 28)];
    expect(clientFigures(samples, window).watchGap).toBe(0);
  });

  test("the longest of several watches counts", () => {
    const samples = [...watching(0, 5, 12), ...watching(0, 13, 25), ...watching(1, 5, 14), ...watching(1, 17, 25)];
    expect(clientFigures(samples, window).watchGap).toBeCloseTo(3.1, 6);
  });

  test("an idle stream that somebody ended is a stream cut", () => {
    const samples = [
      { kind: "idle", at: 1, event: "opened" } as const,
      { kind: "idle", at: 15, event: "ended" } as const,
      { kind: "idle", at: 15.1, event: "opened" } as const,
    ];
    expect(clientFigures(samples, window)).toMatchObject({ watchGap: 0, streamsCut: 1 });
  });
});
