import { faults } from "../../timing/faults/index.ts";
import { markdownTable } from "../markdown-table.ts";
import type { PredictionReport } from "../report.ts";
import { reasonsOf } from "./reasons.ts";
import { figureNames, spanText } from "./spans.ts";

/** For reports and pull requests. */
export function predictionMarkdown({ name, predictions, notes }: PredictionReport): string {
  const rows = predictions.map(({ fault, prediction }) => {
    const { title, figure } = faults[fault];
    return [title, figureNames[figure], spanText(prediction.newConnections), spanText(prediction.established)];
  });
  const table = markdownTable(["fault", "figure", "new connections s", "established s"], rows);
  const sections = reasonsOf(predictions).map(({ titles, lines }) => `### ${titles.join("; ")}\n\n${list(lines)}`);
  const below = notes.length === 0 ? [] : [list(notes)];
  return [`## ${name}\n\nSeconds, best–worst (typical); ∞ is until the repair.\n`, table, ...below, ...sections].join(
    "\n",
  );
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}\n`).join("");
}
