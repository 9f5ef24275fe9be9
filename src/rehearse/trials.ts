import type { SkippedFault } from "../report/report.ts";
import type { FaultName } from "../timing/fault-names.ts";
import type { RehearsedFault } from "./faults/fault.ts";
import { type Form, type HolderRank, holderRanks, type Measurement } from "./measurement.ts";
import type { Scene } from "./scene.ts";

/** What one measurement is of. */
export type Trial = Pick<Measurement, "fault" | "holder" | "repetition">;

/** What is asked for. */
export interface TrialsInput {
  readonly scene: Scene;
  readonly preempts: boolean;
  readonly faults: readonly FaultName[];
  /** What each fault does. */
  readonly rehearsed: Readonly<Record<FaultName, RehearsedFault>>;
  readonly holder: HolderRank | "both";
  readonly repetitions: number;
}

/** What is to be measured, in order, and what can not be. */
export interface Trials {
  readonly trials: readonly Trial[];
  readonly skipped: readonly SkippedFault[];
}

/** All trials: repetitions of one fault lie as far apart as they can, so that a busy hour spoils none of them alone. */
export function trialsOf({ scene, preempts, faults, rehearsed, holder, repetitions }: TrialsInput): Trials {
  const impossible = faults.flatMap((fault) => {
    const reason = rehearsed[fault].skip?.(scene);
    return reason === undefined ? [] : [{ fault, reason }];
  });
  const possible = faults.filter((fault) => !impossible.some((skipped) => skipped.fault === fault));
  const asked = holder === "both" ? holderRanks : [holder];
  const holders = preempts ? asked.filter((rank) => rank === "first") : asked;
  const unreachable = preempts && asked.includes("last") ? possible : [];
  return {
    trials: holders.flatMap((rank) =>
      Array.from({ length: repetitions }, (_, index) =>
        possible.map((fault) => ({ fault, holder: rank, repetition: index + 1 })),
      ).flat(),
    ),
    skipped: [
      ...impossible,
      ...unreachable.map((fault) => ({
        fault,
        holder: "last" as const,
        reason: "its nodes preempt: the virtual IP does not stay with the last one by rank",
      })),
    ],
  };
}

/** Whether a measurement is one of these trials. */
export function isOf(
  measurement: Measurement,
  { scene, form, trial }: { readonly scene: Scene; readonly form: Form; readonly trial: Trial },
): boolean {
  return (
    measurement.configuration === scene.configuration &&
    measurement.form === form &&
    measurement.fault === trial.fault &&
    measurement.holder === trial.holder &&
    measurement.repetition === trial.repetition
  );
}
