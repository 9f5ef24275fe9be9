import type { Lab } from "./lab/lab.ts";
import type { Pace } from "./pace.ts";
import type { Session } from "./session.ts";

/**
 * Waits until clients reach every API server, as they did when the lab began: a balancer takes some
 * time to trust one again, and a fault that hits a server which is left out would not be noticed.
 * Undefined, or why a fault should not come now.
 */
export async function awaitSpread(session: Session, pace: Pace, since: number): Promise<string | undefined> {
  const { lab } = session;
  const before = spreading.get(lab);
  // Without a balancer, or with one that sticks to addresses, one client reaches one server only.
  if (before === false) return undefined;
  const end = pace.now() + (before === undefined ? firstLimit : limit);
  let missing = missingServers(session, since);
  while (missing.length > 0 && pace.now() < end) {
    await pace.sleep(0.1);
    missing = missingServers(session, since);
  }
  if (before === undefined) spreading.set(lab, missing.length === 0);
  return before === true && missing.length > 0
    ? `clients do not reach the API server of ${missing.join(" and ")} again`
    : undefined;
}

const spreading = new WeakMap<Lab, boolean>();

// All are up and steady then: at 50 requests a second each has its turn.
const firstLimit = 3;

// Ten checks of 3 s are among what people run.
const limit = 40;

function missingServers(session: Session, since: number): readonly string[] {
  const answered = session.answeredSince(since);
  return session.lab.nodes
    .filter(({ name, programs }) => programs["api-server"] !== undefined && !answered.has(name))
    .map(({ name }) => name);
}
