import { expect, test } from "vitest";

import { paragraph, textTable } from "../../src/report/text-table.ts";

test("labels are left, figures right, each column as wide as it must be", () => {
  const table = textTable(
    [{ label: "", cells: ["a", "bbb"] }],
    [
      { label: "one", cells: ["10", "2"] },
      { label: "in", indent: 1, cells: ["1", ""] },
    ],
  );
  expect(table).toBe(`       a  bbb
one   10    2
  in   1
`);
});

test("a long label is wrapped, and the figures stand beside its last line", () => {
  const table = textTable([], [{ label: "keepalived killed and started again", cells: ["x".repeat(60)] }]);
  expect(table.split("\n").slice(0, -1)).toEqual([
    "keepalived killed",
    `  and started again${"x".repeat(60).padStart(61)}`,
  ]);
});

test("what has no blanks is cut", () => {
  for (const line of paragraph(`see ${"/etc/kubeadm-ha".repeat(12)} there`).split("\n"))
    expect(line.length).toBeLessThanOrEqual(80);
});
