import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { filePosition } from "../../src/findings/report.ts";
import { collectFiles } from "../../src/host/collect-files.ts";
import { judge } from "../../src/validate/judge.ts";
import { releaseOf } from "../../src/validate/release.ts";
import { root } from "../support/built.ts";

const seeds = join(root, "test/fixtures/seeds");
const names = readdirSync(seeds)
  .filter((name) => name.endsWith(".expected.json"))
  .map((name) => name.replace(".expected.json", ""))
  .toSorted();

interface Expected {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly severity: string;
}

// What people run after a well-known text, judged by hand from the facts before there was a rule.
describe.each(names)("%s", (name) => {
  test("gets the findings that were written down for it", () => {
    const expected = JSON.parse(readFileSync(join(seeds, `${name}.expected.json`), "utf8")) as readonly Expected[];
    expect(found(name)).toEqual(expected.map(line).toSorted());
  });
});

function found(name: string): readonly string[] {
  const directory = join(seeds, name);
  const collection = collectFiles([directory]);
  const release = releaseOf(collection.files, undefined);
  if (release === undefined) throw new Error("no release");
  const { findings } = judge(collection, {
    named: [directory],
    release,
    configuration: () => [],
  });
  return findings
    .flatMap(({ rule, severity, position }) => {
      const place = filePosition(position);
      if (place === undefined) return [];
      return [line({ rule, severity, ...place, file: place.file.replace(`${directory}/`, "") })];
    })
    .toSorted();
}

function line({ file, line: number, column, rule, severity }: Expected): string {
  return `${file}:${number}:${column} ${rule} ${severity}`;
}
