import { expect, test } from "vitest";

import { nodeChecks } from "../../src/checks/index.ts";
import { isExpected, lineOf, subjectOf } from "./case.ts";
import { cases } from "./cases/index.ts";

test("every check has cases in which it finds something and in which it does not", () => {
  expect(Object.keys(cases).toSorted()).toEqual(nodeChecks.map(({ id }) => id).toSorted());
  for (const [id, list] of Object.entries(cases)) {
    expect(
      list.some(([, , expected]) => expected.length > 0),
      id,
    ).toBe(true);
    expect(
      list.some(([, , expected]) => expected.length === 0),
      id,
    ).toBe(true);
  }
});

test.each(
  nodeChecks.flatMap((check) => (cases[check.id] ?? []).map((entry) => [check.id, entry[0], check, entry] as const)),
)("%s: %s", (id, _, check, entry) => {
  const problems = check.run(subjectOf(entry));
  const lines = problems.map(lineOf);
  expect(lines.length, lines.join("\n")).toBe(entry[2].length);
  for (const [index, expected] of entry[2].entries())
    expect(isExpected(lines[index] ?? "", expected), `${lines[index]}\n${expected}`).toBe(true);
  for (const { name, message } of problems) {
    expect(name === id || name.startsWith(`${id}-`), name).toBe(true);
    expect(message).toMatch(/^[\x20-\x7e]+$/);
  }
});
