import { existsSync, readFileSync } from "node:fs";

import type { Measurement } from "../../src/rehearse/measurement.ts";

export const measurementsDirectory = "docs/measurements";

/** Where the measurements of a configuration are kept. */
export function samplesFile(id: string): string {
  return `${measurementsDirectory}/${id}.jsonl`;
}

/** The measurements in a file, of the files as they were rehearsed last; what was measured before a change is history. */
export function readMeasurements(path: string): readonly Measurement[] {
  if (!existsSync(path)) return [];
  const all = readFileSync(path, "utf8").split("\n").flatMap(measurementIn);
  const newest = all.at(-1)?.configuration;
  return all.filter(({ configuration }) => configuration === newest);
}

// A crash may have cut a line off; a run after it has measured that again.
function measurementIn(line: string): readonly Measurement[] {
  try {
    return [JSON.parse(line) as Measurement];
  } catch {
    return [];
  }
}
