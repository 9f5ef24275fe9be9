import { faults } from "../../timing/faults/index.ts";
import { type Cell, cellsOf, phasesOf, summaryOf } from "../cells.ts";
import { columns } from "../columns.ts";
import type { RehearsalReport } from "../report.ts";
import { paragraph, type Row, textTable } from "../text-table.ts";
import { conditions } from "./conditions.ts";
import { remarksOf } from "./remarks.ts";
import { skippedText } from "./skipped.ts";

/** For people: a table for each way it was run, no wider than a terminal, and what the figures do not tell. */
export function rehearsalText({ measurements, skipped, notes }: RehearsalReport): string {
  const tables = cellsOf(measurements).map(
    (cells) => `${paragraph(conditions(cells))}\n${table(cells)}${remarks(cells)}`,
  );
  const below = [...skipped.map(skippedText), ...notes].map((sentence) => paragraph(sentence)).join("");
  const legend = measurements.length === 0 ? paragraph("Nothing was measured.") : meanings();
  return [...tables, legend, ...(below === "" ? [] : [below])].join("\n");
}

function table(cells: readonly Cell[]): string {
  const heads = [0, 1].map((line): Row => ({ label: "", cells: columns.map(({ head }) => head[line === 0 ? 0 : 1]) }));
  return textTable(heads, cells.flatMap(rowsOf));
}

function rowsOf(cell: Cell): readonly Row[] {
  const injected = phasesOf(cell, "injected");
  const repaired = phasesOf(cell, "repaired");
  return [
    ...phaseRows(injected, { label: faults[cell.fault].title, indent: 0 }),
    ...(repaired.length === 0 ? [] : phaseRows(repaired, { label: "repaired", indent: 1 })),
  ];
}

// Without a spread a second row would say the same.
function phaseRows(figures: ReturnType<typeof phasesOf>, head: { label: string; indent: number }): readonly Row[] {
  const summaries = columns.map((column) => ({ column, ...summaryOf(figures, column.value) }));
  const middle = { ...head, cells: summaries.map(({ column, median }) => column.text(median)) };
  if (summaries.every(({ median, maximum }) => median === maximum)) return [middle];
  const most = summaries.map(({ column, maximum }) => column.text(maximum));
  return [middle, { label: "at most", indent: head.indent + 1, cells: most }];
}

function remarks(cells: readonly Cell[]): string {
  const sentences = cells.flatMap(remarksOf);
  return sentences.length === 0 ? "" : `\n${sentences.map((sentence) => paragraph(sentence)).join("")}`;
}

function meanings(): string {
  return columns.map(({ head, meaning }) => `${headText(head).padEnd(13)} ${meaning}\n`).join("");
}

function headText([above, below]: readonly [string, string]): string {
  return above.endsWith("-") ? `${above.slice(0, -1)}${below}` : `${above} ${below}`.trim();
}
