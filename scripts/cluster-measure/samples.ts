import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";

import type { Trial } from "./trial.ts";

/** One trial, as it is kept. */
export interface ClusterMeasurement extends Trial {
  readonly cluster: string;
  readonly kubernetesVersion: string;
  readonly fault: string;
  /** From 1. */
  readonly repetition: number;
}

const directory = "docs/measurements/cluster";

/** What was measured of a cluster so far. */
export function readClusterMeasurements(id: string): readonly ClusterMeasurement[] {
  const file = `${directory}/${id}.jsonl`;
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line) as ClusterMeasurement);
}

/** Keeps one more. */
export function keepClusterMeasurement(measurement: ClusterMeasurement): void {
  mkdirSync(directory, { recursive: true });
  const file = `${directory}/${measurement.cluster}.jsonl`;
  appendFileSync(file, `${JSON.stringify(measurement, (_, value: unknown) => rounded(value))}\n`);
}

function rounded(value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toFixed(4)) : value;
}
