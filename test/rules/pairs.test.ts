import { readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { fileRules } from "../../src/rules/index.ts";
import { lint } from "./lint.ts";
import type { Pair } from "./pair.ts";

const modules = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".pairs.ts"),
);
const pairs = (
  await Promise.all(
    modules.map(async (path) => {
      const module = (await import(join(import.meta.dirname, path))) as { readonly pairs: readonly Pair[] };
      return module.pairs;
    }),
  )
).flat();

test.each(fileRules.map(({ id }) => id))("%s has a pair", (id) => {
  expect(pairs.filter(({ rule }) => rule === id).length).toBeGreaterThan(0);
});

test("every pair is of a rule", () => {
  const known = new Set(fileRules.map(({ id }) => id));
  expect(pairs.map(({ rule }) => rule).filter((rule) => !known.has(rule))).toEqual([]);
});

describe.each(pairs.map((pair) => [`${pair.rule} ${pair.at}`, pair] as const))("%s", (_, pair) => {
  test("the texts differ in one word", () => expect(differingWords(pair.bad, pair.good)).toBe(1));

  test("one fires there, the other is silent", () => {
    expect(placesOf(pair, pair.bad)).toContain(pair.at);
    expect(placesOf(pair, pair.good)).not.toContain(pair.at);
    expect(placesOf(pair, pair.good).length).toBeLessThan(placesOf(pair, pair.bad).length);
  });
});

function placesOf({ rule, file, others = [], mode, kubernetesVersion }: Pair, text: string): readonly string[] {
  const files = [{ path: file, text, ...(mode !== undefined && { mode }) }, ...others];
  return lint(files, kubernetesVersion, "warn")
    .filter((finding) => finding.rule === rule && finding.position.file === file)
    .map(({ position }) => `${position.line}:${position.column}`);
}

/** How many words must be put in, taken out or replaced to make one text the other. */
function differingWords(a: string, b: string): number {
  const [first, second] = [a, b].map((text) => text.split(/\s+/).filter((word) => word !== ""));
  if (first === undefined || second === undefined) return 0;
  let start = 0;
  while (start < first.length && first[start] === second[start]) start++;
  let end = 0;
  while (end < Math.min(first.length, second.length) - start && first.at(-1 - end) === second.at(-1 - end)) end++;
  return Math.max(first.length, second.length) - start - end;
}
