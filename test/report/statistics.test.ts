import { describe, expect, test } from "vitest";

import { countText, secondsText } from "../../src/report/numbers.ts";
import { maximum, median } from "../../src/report/statistics.ts";

test.each([
  [[], 0],
  [[3], 3],
  [[3, 1], 2],
  [[9, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[Infinity, Infinity], Infinity],
])("the median of %j is %d", (values, expected) => expect(median(values)).toBe(expected));

test("the maximum", () => {
  expect(maximum([])).toBe(0);
  expect(maximum([1, 3, 2])).toBe(3);
});

describe("figures in tables", () => {
  test.each([
    [0, "0"],
    [0.0001, "0.01"],
    [0.05, "0.05"],
    [38.047, "38.05"],
    [99.994, "99.99"],
    [99.996, "100.0"],
    [999.96, "1000"],
    [1800, "1800"],
    [Infinity, "∞"],
  ])("%d seconds", (seconds, text) => expect(secondsText(seconds)).toBe(text));

  test("counts", () => expect([countText(3), countText(2.5)]).toEqual(["3", "2.5"]));
});
