import type { Span } from "../../timing/fault.ts";
import { faults } from "../../timing/faults/index.ts";
import type { PredictionReport } from "../report.ts";

/** For programs. Seconds; null where it lasts until the repair. Fields are only ever added. */
export function predictionJson({ name, predictions, notes }: PredictionReport): string {
  const list = predictions.map(({ fault, prediction }) => ({
    fault,
    figure: faults[fault].figure,
    newConnections: finite(prediction.newConnections),
    established: finite(prediction.established),
    dominatedBy: prediction.dominatedBy,
    shorten: prediction.shorten ?? null,
    notes: prediction.notes,
  }));
  return `${JSON.stringify({ kind: "PredictionReport", name, predictions: list, notes }, null, 2)}\n`;
}

// JSON has no infinity.
function finite({ best, typical, worst }: Span): unknown {
  const [least, middle, most] = [best, typical, worst].map((seconds) => (Number.isFinite(seconds) ? seconds : null));
  return { best: least, typical: middle, worst: most };
}
