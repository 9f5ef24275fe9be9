import type { FaultContext, FaultDurations, RehearsedFault } from "./faults/fault.ts";
import type { LabNode } from "./lab/lab.ts";
import type { PhaseFigures } from "./measurement.ts";
import { observe, type Observed } from "./observe.ts";
import type { Pace } from "./pace.ts";
import type { Session } from "./session.ts";
import { awaitSpread } from "./spread.ts";
import { isWhole, type SteadyState, steadyHolder } from "./steady.ts";

/** One fault, to be injected and repaired once. */
export interface TrialInput extends SteadyState {
  readonly fault: RehearsedFault;
  readonly durations: FaultDurations;
}

/** What came of it. */
export type TrialOutcome =
  | { readonly state: "measured"; readonly injected: PhaseFigures; readonly repaired: PhaseFigures | undefined }
  /** The cluster did not become steady before the fault. */
  | { readonly state: "unsteady"; readonly reason: string };

/** Injects a fault into a steady cluster, observes, repairs it and observes again. */
export async function runTrial(session: Session, pace: Pace, input: TrialInput): Promise<TrialOutcome> {
  const begin = pace.now();
  const before = await steadyHolder(session, pace, input);
  if (before.state === "unsteady") return before;
  const { holder } = before;
  const reason = (await awaitSpread(session, pace, begin)) ?? (await withNewProbe(session, pace));
  if (reason !== undefined) return { state: "unsteady", reason };
  const { fault } = input;
  const context = contextOf(session, pace, { holder, durations: input.durations });
  const from = await fault.inject(session.lab, context);
  const injected = await observe(session, pace, observationOf(fault, pace.now()));
  if (fault.repair === undefined)
    return { state: "measured", injected: await figures(session, { from, ...injected }), repaired: undefined };
  const repairedFrom = await fault.repair(session.lab, context);
  const repaired = await observe(session, pace, {
    since: pace.now(),
    minimum: input.preempts ? 12 : 4,
    quiet: 2,
    cap: 25,
    calm: () => isWhole(session.lab),
  });
  return {
    state: "measured",
    // Requests of the fault that hung have ended by now.
    injected: await figures(session, { from, ...injected, end: repairedFrom }),
    repaired: await figures(session, { from: repairedFrom, ...repaired, afterFault: true }),
  };
}

// A second with all connections where they belong.
async function withNewProbe(session: Session, pace: Pace): Promise<string | undefined> {
  session.renewProbe();
  const { settled } = await observe(session, pace, {
    since: pace.now(),
    minimum: 0,
    quiet: 1,
    cap: 25,
    calm: () => isWhole(session.lab),
  });
  return settled ? undefined : "requests of a new probe failed or hung";
}

function observationOf({ minimumSeconds, quietSeconds, capSeconds }: RehearsedFault, since: number) {
  return { since, minimum: minimumSeconds, quiet: quietSeconds, cap: capSeconds };
}

async function figures(
  session: Session,
  { from, end, settled, afterFault = false }: Observed & { readonly from: number; readonly afterFault?: boolean },
): Promise<PhaseFigures> {
  await session.complete(end);
  return { ...session.figures({ from, to: end, afterFault }), settled, seconds: end - from };
}

function contextOf(
  { lab }: Session,
  pace: Pace,
  { holder, durations }: { readonly holder: LabNode; readonly durations: FaultDurations },
): FaultContext {
  return {
    holder,
    others: lab.byRank.filter((node) => node !== holder),
    durations,
    sleep: (seconds) => pace.sleep(seconds),
  };
}
