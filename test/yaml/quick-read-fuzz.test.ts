import { expect, test, vi } from "vitest";

import { fuzzTimeout, mutated } from "../readers/fuzz.ts";
import { type Random, seeded } from "../support/random.ts";
import { yamlForms } from "./forms.ts";
import { exampleManifests, expectSame } from "./same-reading.ts";

vi.setConfig({ testTimeout: fuzzTimeout });

test.each([1, 2, 3, 4])("mutated manifests are read the same by both or not by the quick one, seed %i", (seed) => {
  const corpus = [...exampleManifests().map(({ text }) => text), ...yamlForms];
  let quick = 0;
  for (let turn = 0; turn < 25_000; turn++) {
    const random = seeded(seed * 1_000_003 + turn);
    if (expectSame(random.oneIn(2) ? mutated(corpus, random) : withOtherLines(random.pick(corpus), random))) quick++;
  }
  // Else nothing was compared.
  expect(quick).toBeGreaterThan(100);
});

/** Lines lost, repeated, indented otherwise, or with another end: what such texts mean hangs on blanks. */
function withOtherLines(text: string, random: Random): string {
  const lines = text.split("\n").slice(0, 40);
  for (let change = random.below(4); change >= 0; change--) {
    const index = random.below(lines.length);
    const line = lines[index] ?? "";
    const edits = [
      [],
      [line, line],
      [` ${line}`],
      [`  ${line}`],
      [line.slice(1)],
      [line.slice(2)],
      [`${line} `],
      ["", line],
    ];
    const ends = [
      "",
      "|",
      "|-",
      "- a",
      "'a'",
      '"a" ',
      "[a, b]",
      "{a: b}",
      "# c",
      " # c",
      "a: b",
      "a # b",
      "1_0",
      "no",
      "---",
      "~",
    ];
    const start = line.replace(/:.*/, ":");
    lines.splice(index, 1, ...random.pick([...edits, [`${start} ${random.pick(ends)}`], [start, random.pick(ends)]]));
  }
  return lines.join("\n");
}
