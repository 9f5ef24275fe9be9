import { expect, test } from "vitest";

import { chartSvg, type Series } from "../../src/report/chart/chart.ts";
import { secondsX } from "../../src/report/chart/geometry.ts";
import { markShapes } from "../../src/report/chart/marks.ts";

const series: readonly Series[] = markShapes.map((shape, index) => ({
  name: `${shape} & co`,
  shape,
  side: index < 3 ? "ours" : "others",
}));

const svg = chartSvg({
  title: 'Seconds "until" <quiet>',
  series,
  rows: [
    { label: "a < b", points: series.map((each, index) => ({ series: each, seconds: index * 5, open: index === 7 })) },
    { label: "nothing measured", points: [] },
  ],
  sources: ["a command & a <machine>"],
});

test("is well-formed: every element ends, nothing is left unescaped", () => {
  const open: string[] = [];
  for (const [, end, name = "", attributes = "", empty] of svg.matchAll(/<(\/?)([a-z]+)([^<>]*?)(\/?)>/g)) {
    expect(attributes.replaceAll(/ [a-zA-Z0-9:-]+="[^"<]*"/g, "").trim()).toBe("");
    if (end === "/") expect(open.pop()).toBe(name);
    else if (empty !== "/") open.push(name);
  }
  expect(open).toEqual([]);
  expect(svg.replaceAll(/&(amp|lt|gt|quot);/g, "")).not.toContain("&");
});

test("time runs to the right; both ends hold what is beyond them", () => {
  expect([0, 0.02, 0.1, 1, 30, 60, 900].map(secondsX)).toEqual(
    [0, 0.02, 0.1, 1, 30, 60, 900].map(secondsX).toSorted((a, b) => a - b),
  );
  expect(secondsX(0)).toBe(secondsX(0.02));
  expect(secondsX(900)).toBe(secondsX(60));
});

test("names every series, and says what went on", () => {
  for (const { name } of series) expect(svg).toContain(`>${name.replace("&", "&amp;")}</text>`);
  expect(svg).toContain("35.00 s and longer");
  expect(svg).not.toContain("NaN");
});
