import { basename } from "node:path";

import { phasesOf, summaryOf } from "../../src/report/cells.ts";
import { columns } from "../../src/report/columns.ts";
import { markdownTable } from "../../src/report/markdown-table.ts";
import { secondsText } from "../../src/report/numbers.ts";
import { faults } from "../../src/timing/faults/index.ts";
import { cellFor, headlineOf, measuredFaults } from "./measured.ts";
import { readMeasurements } from "./samples.ts";

/** Markdown for a decision: a row a fault, a column a file of samples. */
export function comparison(files: readonly string[]): string {
  const list = files.map((file) => ({ file, measurements: readMeasurements(file) }));
  const rows = measuredFaults(list).map((fault) => [
    faults[fault].title,
    ...list.map((measured) => {
      const cell = cellFor(measured, fault);
      if (cell === undefined) return "";
      const { median, maximum, open } = headlineOf(cell);
      const failed = columns.find(({ key }) => key === "failed");
      const injected = phasesOf(cell, "injected");
      const count = failed === undefined ? "" : failed.text(summaryOf(injected, failed.value).median);
      return `${secondsText(median)}/${secondsText(maximum)}${open ? "+" : ""} s, ${count} failed`;
    }),
  ]);
  return markdownTable(["fault", ...list.map(({ file }) => basename(file, ".jsonl"))], rows);
}
