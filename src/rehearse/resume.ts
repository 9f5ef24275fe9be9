import { appendFileSync } from "node:fs";

import { isRecord } from "../config/paths.ts";
import { UserError } from "../errors.ts";
import { environmentFailure, readTextIfExists } from "../host/files.ts";
import type { Measurement } from "./measurement.ts";

/** Where measurements are kept: a file with one a line. */
export interface SamplesFile {
  readonly path: string | undefined;
  /** What earlier runs measured. */
  readonly measurements: readonly Measurement[];
  /** Makes the file: that it can not be written is better known before hours of measuring. */
  create(): void;
  append(measurement: Measurement): void;
}

/** Reads a samples file, which need not exist yet. A line that a crash cut off is as good as none. */
export function openSamples(path: string): SamplesFile {
  const text = environmentFailure(`cannot read ${path}`, () => readTextIfExists(path)) ?? "";
  let start = text === "" || text.endsWith("\n") ? "" : "\n";
  return {
    path,
    measurements: text.split("\n").flatMap((line, index) => measurementIn(line, `${path}:${index + 1}`)),
    create: () => environmentFailure(`cannot write ${path}`, () => appendFileSync(path, "")),
    append: (measurement) => {
      const line = `${start}${JSON.stringify(measurement, rounded)}\n`;
      environmentFailure(`cannot write ${path}`, () => appendFileSync(path, line));
      start = "";
    },
  };
}

// What clients notice is not known to a tenth of a millisecond.
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 10_000) / 10_000 : value;
}

/** For measurements that nobody wants to keep. */
export function samplesInMemory(): SamplesFile {
  return { path: undefined, measurements: [], create: () => {}, append: () => {} };
}

function measurementIn(line: string, place: string): readonly Measurement[] {
  const measurement = measurementOf(line);
  if (measurement !== undefined) return [measurement];
  if (line.trim() === "" || line.startsWith(beginning.slice(0, line.length))) return [];
  throw new UserError(`${place} is no measurement: --samples names a file that rehearse wrote`);
}

const beginning = '{"configuration":';

function measurementOf(line: string): Measurement | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) && typeof value["fault"] === "string" && isRecord(value["injected"])
      ? (value as unknown as Measurement)
      : undefined;
  } catch {
    return undefined;
  }
}
