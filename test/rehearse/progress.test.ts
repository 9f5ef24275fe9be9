import { describe, expect, test, vi } from "vitest";

import { createProgress } from "../../src/rehearse/progress.ts";
import { busyWarning } from "../../src/rehearse/quiet.ts";
import { requireSurroundings } from "../../src/rehearse/requirements.ts";

function said(isTerminal: boolean): string {
  let text = "";
  const progress = createProgress({ err: (more) => void (text += more), isTerminal });
  progress.step("1 of 2: balancer-killed", 63);
  progress.say("this machine is busy");
  progress.step("2 of 2: holder-cut", 6000);
  progress.end();
  progress.end();
  return text;
}

describe("progress", () => {
  test("is one line that is replaced on a terminal", () => {
    expect(said(true).replaceAll("\r\u001B[K", "<")).toBe(
      "<[rehearse] 1 of 2: balancer-killed, about 65 s left<[rehearse] this machine is busy\n" +
        "<[rehearse] 2 of 2: holder-cut, about 1.7 h left<",
    );
  });

  test.each([
    [true, 4000, "<1 of 1: idle-stream, about 31 min left<1 of 1: idle-stream, about 30 min left"],
    [
      false,
      125_000,
      "1 of 1: idle-stream, about 31 min left\n1 of 1: idle-stream, about 30 min left\n1 of 1: idle-stream, about 29 min left\n",
    ],
  ])("moves while something takes long (terminal: %s)", (isTerminal, milliseconds, expected) => {
    vi.useFakeTimers();
    try {
      let text = "";
      const progress = createProgress({ err: (more) => void (text += more), isTerminal });
      progress.step("1 of 1: idle-stream", 1833);
      vi.advanceTimersByTime(milliseconds);
      expect(text.replaceAll("\r\u001B[K", "<").replaceAll("[rehearse] ", "")).toBe(expected);
      progress.end();
      const { length } = text;
      vi.advanceTimersByTime(200_000);
      expect(text.length).toBe(length);
    } finally {
      vi.useRealTimers();
    }
  });

  test("is a line each elsewhere", () => {
    expect(said(false)).toBe(
      "[rehearse] 1 of 2: balancer-killed, about 65 s left\n[rehearse] this machine is busy\n[rehearse] 2 of 2: holder-cut, about 1.7 h left\n",
    );
  });
});

test("a busy machine is told", () => {
  expect(busyWarning({ load: 0.9, cores: 2, late: 0.004 })).toBeUndefined();
  expect(busyWarning({ load: 3, cores: 2, late: 0.004 })).toContain("its load average is 3.0 on 2 cores");
  expect(busyWarning({ load: 0, cores: 2, late: 0.04 })).toContain("a timer was 40 ms late");
});

describe("what a rehearsal needs", () => {
  const fine = { platform: "linux", userID: 0, missing: [] };

  test.each([
    [{ ...fine, platform: "darwin" }, "needs Linux"],
    [{ ...fine, userID: 1000 }, "needs root"],
    [{ ...fine, missing: ["keepalived", "nc", "ip"] }, "iproute2 keepalived netcat-openbsd"],
  ])("%j", (surroundings, message) => {
    expect(() => requireSurroundings(surroundings)).toThrow(expect.objectContaining({ exitCode: 3 }));
    expect(() => requireSurroundings(surroundings)).toThrow(message);
  });

  test("is enough when nothing is missing", () => {
    expect(() => requireSurroundings(fine)).not.toThrow();
  });
});
