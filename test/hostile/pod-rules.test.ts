import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test, vi } from "vitest";
import { parse } from "yaml";

import { fuzzed, fuzzTimeout } from "../readers/fuzz.ts";
import { lint } from "../rules/lint.ts";
import { root } from "../support/built.ts";
import { nastyTexts } from "../support/nasty.ts";
import { type Random, seeded } from "../support/random.ts";

vi.setConfig({ testTimeout: fuzzTimeout });
const examples = join(root, "manifests");
const manifests = ["kube-vip-haproxy/v1.34/cp1", "keepalived-haproxy/v1.30/cp1", "kube-vip/v1.30/cp2"].flatMap(
  (node) => {
    const directory = join(examples, node, "etc/kubernetes/manifests");
    return readdirSync(directory).map((name) => ({ name, text: readFileSync(join(directory, name), "utf8") }));
  },
);

test.each([1, 2, 3])("no mutilated manifest makes a rule throw or point at nowhere, seed %i", (seed) => {
  const random = seeded(seed);
  for (let round = 0; round < fuzzed(240) / 3; round++) {
    const { name, text } = random.pick(manifests);
    const mutant = random.oneIn(2) ? withOtherLines(text, random) : withOtherValues(text, random);
    const path = `cp1/etc/kubernetes/manifests/${name}`;
    const lines = mutant.split("\n").length;
    for (const { position } of lint([{ path, text: mutant }])) {
      expect(position.file).toBe(path);
      expect(position.line).toBeGreaterThan(0);
      expect(position.line).toBeLessThanOrEqual(lines);
      expect(position.column).toBeGreaterThan(0);
    }
  }
});

/** Lines lost, repeated, moved, indented, or with something else in them. */
function withOtherLines(text: string, random: Random): string {
  const lines = text.split("\n");
  const changes = 1 + random.below(4);
  for (let change = 0; change < changes; change++) {
    const index = random.below(lines.length);
    const line = lines[index] ?? "";
    const edits = [
      [],
      [line, line],
      [`  ${line}`],
      [line.slice(2)],
      [line.replace(/:.*/, `: ${random.pick(nastyTexts)}`)],
      [line.slice(0, random.below(line.length + 1))],
    ];
    lines.splice(index, 1, ...random.pick(edits));
  }
  return lines.join("\n");
}

/** The same document with values of other types somewhere in it, as JSON. */
function withOtherValues(text: string, random: Random): string {
  let changes = 1 + random.below(3);
  const change = (value: unknown): unknown => {
    if (changes > 0 && random.oneIn(25)) {
      changes--;
      return random.pick(strangers);
    }
    if (Array.isArray(value)) return value.map(change);
    return typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, change(entry)]))
      : value;
  };
  return JSON.stringify(change(parse(text)), undefined, 1);
}

const strangers: readonly unknown[] = [
  null,
  true,
  0,
  -1.5,
  "",
  "true",
  "${NAME}",
  "a,b,,c",
  "::",
  "10.0.0.1-10.0.0.0",
  "x".repeat(2000),
  [],
  [null],
  [[]],
  ["ALL", 1, null],
  {},
  { name: null },
  { toString: 1, __proto__: 2 },
  [{ name: "vip_arp", value: { a: 1 } }, { name: 3 }, "vip_arp"],
];
