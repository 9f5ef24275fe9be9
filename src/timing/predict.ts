import { clientLimits } from "./client.ts";
import type { ClusterTiming } from "./cluster-timing.ts";
import type { FaultName } from "./fault-names.ts";
import type { Prediction } from "./fault.ts";
import { faults } from "./faults/index.ts";

/** What is predicted of a cluster. */
export interface Predicted {
  readonly predictions: readonly { readonly fault: FaultName; readonly prediction: Prediction }[];
  /** What holds for every fault, one sentence each. */
  readonly notes: readonly string[];
}

/** Predicts some faults. */
export function predictFaults(cluster: ClusterTiming, names: readonly FaultName[]): Predicted {
  return {
    predictions: names.map((fault) => ({ fault, prediction: faults[fault].predict(cluster) })),
    notes: [...cluster.notes, ...clientLimits],
  };
}
