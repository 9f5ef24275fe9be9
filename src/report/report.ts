import type { HolderRank, Measurement } from "../rehearse/measurement.ts";
import type { FaultName } from "../timing/fault-names.ts";
import type { Prediction } from "../timing/fault.ts";

export const reportFormatNames = ["text", "json", "markdown"] as const;
export type ReportFormatName = (typeof reportFormatNames)[number];

/** What a rehearsal came to. */
export interface RehearsalReport {
  /** What was rehearsed, as it was named on the command line. */
  readonly name: string;
  readonly measurements: readonly Measurement[];
  /** What was not rehearsed, and why. */
  readonly skipped: readonly SkippedFault[];
  /** What differs from the files as they are, such as a block that was left out; one sentence each. */
  readonly notes: readonly string[];
}

export interface SkippedFault {
  readonly fault: FaultName;
  readonly holder?: HolderRank;
  readonly reason: string;
}

/** What is predicted of a cluster. */
export interface PredictionReport {
  /** Which files it is made from, as they were named on the command line. */
  readonly name: string;
  readonly predictions: readonly PredictedFault[];
  /** What holds for every fault, such as limits on the client's side; one sentence each. */
  readonly notes: readonly string[];
}

export interface PredictedFault {
  readonly fault: FaultName;
  readonly prediction: Prediction;
}
