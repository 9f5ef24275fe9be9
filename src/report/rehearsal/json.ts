import { type Cell, cellsOf, headline, phasesOf, type PhaseName, summaryOf } from "../cells.ts";
import { columns } from "../columns.ts";
import type { RehearsalReport } from "../report.ts";
import { maximum, median } from "../statistics.ts";

/** For programs: every measurement as it is, and medians. Fields are only ever added. */
export function rehearsalJson({ name, measurements, skipped, notes }: RehearsalReport): string {
  const cells = cellsOf(measurements).flat().map(describe);
  return `${JSON.stringify({ kind: "RehearsalReport", name, cells, measurements, skipped, notes }, null, 2)}\n`;
}

function describe(cell: Cell): unknown {
  const { name, form, holder, fault, measurements } = cell;
  const times = measurements.map(headline);
  return {
    name,
    form,
    holder,
    fault,
    repetitions: measurements.length,
    headline: { median: median(times), maximum: maximum(times) },
    injected: summaries(cell, "injected"),
    repaired: summaries(cell, "repaired"),
  };
}

function summaries(cell: Cell, phase: PhaseName): unknown {
  const figures = phasesOf(cell, phase);
  if (figures.length === 0) return null;
  return {
    ...Object.fromEntries(columns.map(({ key, value }) => [key, summaryOf(figures, value)])),
    settled: figures.every(({ settled }) => settled),
  };
}
