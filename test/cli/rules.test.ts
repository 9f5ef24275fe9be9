import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { allRules } from "../../src/commands/rules.ts";

const source = join(import.meta.dirname, "../../src");

test("every rule that a finding names is known to explain, once", () => {
  const texts = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join(source, path), "utf8"));
  const named = texts.flatMap((text) => [
    ...[...text.matchAll(/\brule: (?:\w+ \? )?"([a-z-]+)"(?: : "([a-z-]+)")?/g)].flatMap((match) => match.slice(1)),
    ...[...text.matchAll(/\bcheck\(\s*(?:\([^)]*\) =>[^,]*(?:,[^"]*?)?|[\w.]+),\s*"([a-z-]+)"/g)].map(([, id]) => id),
    ...[...text.matchAll(/^ {2,4}id: "([a-z-]+)"/gm)].map(([, id]) => id),
  ]);
  const ids = allRules.map(({ id }) => id);
  expect(new Set(named.filter((id) => id !== undefined)).size).toBeGreaterThan(50);
  expect([...new Set(named)].filter((id) => id !== undefined && !ids.includes(id))).toEqual([]);
  expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
});

test("every rule says what must hold and why, in words", () => {
  for (const { id, summary, reason } of allRules) {
    expect([id, summary.length > 10, reason.length > 10]).toEqual([id, true, true]);
  }
});
