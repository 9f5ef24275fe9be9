import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";

import type { Trial } from "./trial.ts";
import type { UpgradeStep } from "./upgrade.ts";

/** One trial, as it is kept. */
export interface ClusterMeasurement extends Trial {
  readonly cluster: string;
  readonly kubernetesVersion: string;
  readonly fault: string;
  /** From 1. */
  readonly repetition: number;
}

/** Where measurements of real clusters are kept. */
export const clusterMeasurements = "docs/measurements/cluster";

/** What was measured of a cluster so far. */
export function readClusterMeasurements(id: string): readonly ClusterMeasurement[] {
  return linesOf(id).map((line) => JSON.parse(line) as ClusterMeasurement);
}

/** Keeps one more. */
export function keepClusterMeasurement(measurement: ClusterMeasurement): void {
  keep(measurement.cluster, [measurement]);
}

/** The steps of an upgrade; none if it has not been made. */
export function readUpgradeSteps(id: string): readonly UpgradeStep[] {
  return linesOf(id).map((line) => JSON.parse(line) as UpgradeStep);
}

/** Keeps those of a whole upgrade. */
export function keepUpgradeSteps(id: string, steps: readonly UpgradeStep[]): void {
  keep(id, steps);
}

function linesOf(id: string): readonly string[] {
  const file = fileOf(id);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.endsWith("}"));
}

function keep(id: string, records: readonly object[]): void {
  mkdirSync(clusterMeasurements, { recursive: true });
  const lines = records.map((record) => `${JSON.stringify(record, (_, value: unknown) => rounded(value))}\n`);
  appendFileSync(fileOf(id), lines.join(""));
}

function fileOf(id: string): string {
  return `${clusterMeasurements}/${id}.jsonl`;
}

function rounded(value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toFixed(4)) : value;
}
