import { faults } from "../../timing/faults/index.ts";
import type { PredictedFault } from "../report.ts";

/** What is said of faults besides their seconds. */
export interface Reasons {
  /** All faults of which the same is said. */
  readonly titles: readonly string[];
  readonly lines: readonly string[];
}

/** The reasons of all faults; what would be said twice is said once, where it first comes. */
export function reasonsOf(predictions: readonly PredictedFault[]): readonly Reasons[] {
  const groups = new Map<string, { titles: string[]; lines: readonly string[] }>();
  for (const { fault, prediction } of predictions) {
    const { dominatedBy, shorten, notes } = prediction;
    const lines = [
      `Decided by ${dominatedBy}`,
      ...(shorten === undefined ? [] : [`Shorter with ${shorten}`]),
      ...notes,
    ];
    const key = lines.join("\n");
    const group = groups.get(key) ?? { titles: [], lines };
    group.titles.push(faults[fault].title);
    groups.set(key, group);
  }
  return [...groups.values()];
}
