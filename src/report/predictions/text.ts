import { faults } from "../../timing/faults/index.ts";
import type { PredictionReport } from "../report.ts";
import { paragraph, type Row, textTable } from "../text-table.ts";
import { reasonsOf } from "./reasons.ts";
import { figureNames, spanText } from "./spans.ts";

/** For people: how long each fault hurts, no wider than a terminal, then what decides it and what would shorten it. */
export function predictionText({ name, predictions, notes }: PredictionReport): string {
  const heads: readonly Row[] = [
    { label: "", cells: ["new connections", "established"] },
    { label: "", cells: ["seconds, best–worst (typical)", ""] },
  ];
  const rows = predictions.map(({ fault, prediction }) => ({
    label: faults[fault].title,
    cells: [spanText(prediction.newConnections), spanText(prediction.established)],
  }));
  const parts = [
    paragraph(name),
    textTable(heads, rows),
    legend,
    ...reasonsOf(predictions).map(
      ({ titles, lines }) => `${paragraph(titles.join("; "))}${lines.map((line) => paragraph(line, 1)).join("")}`,
    ),
    ...(notes.length === 0 ? [] : [notes.map((sentence) => paragraph(sentence)).join("")]),
  ];
  return parts.join("\n");
}

const legend = [
  `New connections: ${figureNames.blackout}; for a fault that hurts only some requests, ${figureNames["last-failure"]}; for a start, ${figureNames["first-success"]}.`,
  "Established: until a watch delivers again.",
  "∞: until the repair.",
]
  .map((sentence) => paragraph(sentence))
  .join("");
