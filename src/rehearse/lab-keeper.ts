import type { Session } from "./session.ts";

/** The one lab of a rehearsal. */
export interface LabKeeper {
  /** The lab that runs, or a new one. */
  get(idleStream: boolean): Promise<Session>;
  /** Whether there has been one. */
  hasStarted(): boolean;
  stop(): Promise<void>;
}

/** Starts labs by what is given, one at a time. */
export function labKeeper(start: (idleStream: boolean) => Promise<Session>): LabKeeper {
  let current: { readonly session: Session; readonly idleStream: boolean } | undefined;
  let started = false;
  const stop = async (): Promise<void> => {
    const { session } = current ?? {};
    current = undefined;
    await session?.stop();
  };
  return {
    stop,
    hasStarted: () => started,
    get: async (idleStream) => {
      if (current?.idleStream !== idleStream) await stop();
      current ??= { session: await start(idleStream), idleStream };
      started = true;
      return current.session;
    },
  };
}
