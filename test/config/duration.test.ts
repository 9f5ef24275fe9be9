import { expect, it } from "vitest";

import { formatDuration, parseDuration } from "../../src/config/duration.ts";

it.each([
  ["300ms", 300, "300ms"],
  ["1s", 1000, "1s"],
  ["1.5s", 1500, "1500ms"],
  ["1m30s", 90_000, "90s"],
  ["4h", 14_400_000, "4h"],
  ["60s", 60_000, "1m"],
])("%s is %d ms and is written %s", (text, milliseconds, written) => {
  expect(parseDuration(text)).toBe(milliseconds);
  expect(formatDuration(milliseconds)).toBe(written);
});

it.each(["", "1", "s", "-1s", "1 s", "0s", "1d", "0.1ms", "99999h", "1s\n"])("%j is no duration", (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
