import { faults } from "../../timing/faults/index.ts";
import { type Cell, cellsOf, phasesOf, type PhaseName, summaryOf } from "../cells.ts";
import { columns } from "../columns.ts";
import { markdownTable } from "../markdown-table.ts";
import type { RehearsalReport } from "../report.ts";
import { conditions } from "./conditions.ts";
import { remarksOf } from "./remarks.ts";
import { skippedText } from "./skipped.ts";

/** For reports and pull requests: the same tables, with the maximum behind the median. */
export function rehearsalMarkdown({ measurements, skipped, notes }: RehearsalReport): string {
  const sections = cellsOf(measurements).map((cells) => {
    const rows = cells.flatMap((cell) => [...phaseRow(cell, "injected"), ...phaseRow(cell, "repaired")]);
    const head = ["fault", ...columns.map(({ title }) => title)];
    return `## ${conditions(cells)}\n\n${markdownTable(head, rows)}${list(cells.flatMap(remarksOf))}`;
  });
  const below = list([...skipped.map(skippedText), ...notes]);
  return `${sections.length === 0 ? "Nothing was measured.\n" : sections.join("\n")}${below}`;
}

function phaseRow(cell: Cell, phase: PhaseName): readonly (readonly string[])[] {
  const figures = phasesOf(cell, phase);
  if (figures.length === 0) return [];
  const cells = columns.map(({ value, text }) => {
    const { median, maximum } = summaryOf(figures, value);
    return median === maximum ? text(median) : `${text(median)} (${text(maximum)})`;
  });
  const { title } = faults[cell.fault];
  return [[phase === "injected" ? title : `${title}, repaired`, ...cells]];
}

function list(sentences: readonly string[]): string {
  return sentences.length === 0 ? "" : `\n${sentences.map((sentence) => `- ${sentence}\n`).join("")}`;
}
