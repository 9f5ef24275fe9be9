import type { SkippedFault } from "../report/report.ts";
import { type FaultName, isSlow } from "../timing/fault-names.ts";
import type { Trial } from "./trials.ts";
import type { FaultDurations, RehearsedFault } from "./faults/fault.ts";
import type { LabKeeper } from "./lab-keeper.ts";
import { type Form, lateLimit, lateness, type Measurement } from "./measurement.ts";
import type { Pace } from "./pace.ts";
import type { Progress } from "./progress.ts";
import { type TrialOutcome, runTrial } from "./run-trial.ts";
import type { Scene } from "./scene.ts";
import type { Session } from "./session.ts";
import { isWhole } from "./steady.ts";

/** What all trials of a rehearsal have in common. */
export interface MeasureInput {
  readonly scene: Scene;
  readonly form: Form;
  readonly preempts: boolean;
  /** What each fault does. */
  readonly rehearsed: Readonly<Record<FaultName, RehearsedFault>>;
  readonly durations: FaultDurations;
  readonly pace: Pace;
  readonly progress: Progress;
  /** Load average of the last minute. */
  load(): number;
}

/** A trial that could not be measured, on two labs. */
export type NotMeasured = SkippedFault & Failure;

/** Measures a trial, once more if this machine was late; or says why it could not. */
export async function measureTrial(
  trial: Trial,
  lab: LabKeeper,
  input: MeasureInput,
): Promise<Measurement | NotMeasured> {
  const load = input.load();
  const first = await attempt(trial, lab, input);
  if ("reason" in first) return { fault: trial.fault, holder: trial.holder, ...first };
  // One of the slow ones makes the machine late, and nobody waits half an hour again for a sample of the other.
  const isLate = lateness(first) > lateLimit && !isSlow(trial.fault);
  if (isLate) input.progress.say(`${trial.fault}: this machine was late, so it is measured once more`);
  const second = isLate ? await attempt(trial, lab, input) : first;
  const { injected, repaired } = "reason" in second ? first : second;
  const { scene, form } = input;
  return {
    configuration: scene.configuration,
    name: scene.name,
    form,
    ...trial,
    injected,
    repaired,
    load,
    again: isLate && !("reason" in second),
  };
}

type Measured = Extract<TrialOutcome, { readonly state: "measured" }>;

// A lab that is not steady is replaced once: what an earlier fault left behind is not this one's.
async function attempt(trial: Trial, lab: LabKeeper, input: MeasureInput): Promise<Measured | Failure> {
  const first = await attemptOnce(trial, lab, input);
  return "reason" in first ? attemptOnce(trial, lab, input) : first;
}

interface Failure {
  readonly reason: string;
  /** No fault had come: the cluster itself never was as it should be. */
  readonly neverSteady?: true;
}

async function attemptOnce(
  trial: Trial,
  lab: LabKeeper,
  { preempts, rehearsed, durations, pace, progress }: MeasureInput,
): Promise<Measured | Failure> {
  const fault = rehearsed[trial.fault];
  const isFirst = !lab.hasStarted();
  let session: Session | undefined;
  const fail = async (reason: string): Promise<Failure> => {
    // Where everything runs, what the programs said explains nothing.
    const log = session === undefined || isWhole(session.lab) ? "" : `\n${lastLines(session.lab.log())}`;
    progress.say(`${trial.fault}: ${reason}${log}`);
    await lab.stop();
    return { reason };
  };
  try {
    session = await lab.get(fault.needsIdleStream === true);
    const outcome = await runTrial(session, pace, { fault, durations, holder: trial.holder, preempts });
    if (outcome.state === "unsteady")
      return { ...(await fail(`not steady before it: ${outcome.reason}`)), neverSteady: true };
    const end = outcome.repaired ?? outcome.injected;
    if (!end.settled) await lab.stop();
    return outcome;
  } catch (error) {
    // A lab that does not start at all never will.
    if (pace.interrupted() || (isFirst && session === undefined)) throw error;
    // Hours of other trials must not be lost with this one.
    return fail(String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "");
  }
}

function lastLines(log: string): string {
  return log.trimEnd().split("\n").slice(-60).join("\n");
}
