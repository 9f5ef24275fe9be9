import type { Lab, LabNode } from "./lab/lab.ts";
import type { HolderRank } from "./measurement.ts";
import { observe } from "./observe.ts";
import type { Pace } from "./pace.ts";
import type { Session } from "./session.ts";

/** What is to be the case before a fault. */
export interface SteadyState {
  readonly holder: HolderRank;
  /** Whether nodes take the virtual IP from each other, so that it is nobody's choice where it is. */
  readonly preempts: boolean;
}

/** The node that holds the virtual IP, or why the cluster is not ready for a fault. */
export type Steadiness =
  | { readonly state: "steady"; readonly holder: LabNode }
  | { readonly state: "unsteady"; readonly reason: string };

/**
 * Brings the virtual IP to the wanted node and waits until one node has it, every program runs and
 * no request has failed for a second.
 */
export async function steadyHolder(
  session: Session,
  pace: Pace,
  { holder, preempts }: SteadyState,
): Promise<Steadiness> {
  const { lab } = session;
  const electing = lab.byRank.filter(({ programs }) => programs.keepalived !== undefined);
  const wanted = holder === "first" ? electing[0] : electing.at(-1);
  if (wanted === undefined) return { state: "unsteady", reason: "no node runs keepalived" };
  const before = await steadiness(session, pace);
  if (before.state === "unsteady" || before.holder === wanted) return before;
  // The higher one takes it when its time has come; equal ones stay where they are.
  if (preempts) await waitUntil(pace, preemptionSeconds, () => holds(lab, wanted));
  else await moveTo(lab, wanted, pace);
  const after = await steadiness(session, pace);
  if (after.state === "unsteady" || preempts || after.holder === wanted) return after;
  return { state: "unsteady", reason: `${after.holder.name} has the virtual IP, and not ${wanted.name}` };
}

/** Whether one node has the virtual IP and every program of every node runs. */
export function isWhole(lab: Lab): boolean {
  return lab.holders().length === 1 && stoppedPrograms(lab).length === 0;
}

// With three adverts of 3 s.
const preemptionSeconds = 12;

async function steadiness(session: Session, pace: Pace): Promise<Steadiness> {
  const { lab } = session;
  const since = pace.now();
  const calm = (): boolean => isWhole(lab);
  const { settled } = await observe(session, pace, { since, minimum: 0, quiet: 1, cap: limitSeconds, calm });
  const holder = lab.byRank.find((node) => holds(lab, node));
  if (settled && holder !== undefined) return { state: "steady", holder };
  return { state: "unsteady", reason: `after ${limitSeconds} s ${restlessness(lab)}` };
}

const limitSeconds = 25;

function restlessness(lab: Lab): string {
  const stopped = stoppedPrograms(lab);
  const holders = lab.holders();
  if (stopped.length > 0) return `${stopped.join(", ")} did not run`;
  if (holders.length === 0) return "no node had the virtual IP";
  return holders.length > 1 ? `${holders.join(" and ")} had the virtual IP` : "requests still failed or hung";
}

function stoppedPrograms({ nodes }: Lab): readonly string[] {
  return nodes.flatMap(({ name, programs }) =>
    Object.entries(programs).flatMap(([program, { running }]) => (running() ? [] : [`${program} of ${name}`])),
  );
}

// Whoever is alone gets it, and without preemption keeps it.
async function moveTo(lab: Lab, wanted: LabNode, pace: Pace): Promise<void> {
  const others = lab.nodes.filter((node) => node !== wanted).flatMap(({ programs }) => programs.keepalived ?? []);
  for (const keepalived of others) keepalived.signal("SIGTERM");
  await waitUntil(pace, 10, () => holds(lab, wanted) && others.every((keepalived) => !keepalived.running()));
  for (const keepalived of others) await keepalived.start();
  // They are backups when their checks have succeeded for the first time, which takes two runs at most.
  await pace.sleep(backupSeconds);
}

const backupSeconds = 4;

function holds(lab: Lab, { name }: LabNode): boolean {
  const holders = lab.holders();
  return holders.length === 1 && holders[0] === name;
}

async function waitUntil(pace: Pace, limit: number, holds: () => boolean): Promise<void> {
  const end = pace.now() + limit;
  while (!holds() && pace.now() < end) await pace.sleep(0.05);
}
