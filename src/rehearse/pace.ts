import { machineSeconds } from "../probe/clock.ts";

/** Time as a rehearsal sees it: machine seconds, and a sleep that an interruption ends with an error. */
export interface Pace {
  now(): number;
  sleep(seconds: number): Promise<void>;
  /** Whether that has happened: what fails from then on fails for that reason. */
  interrupted(): boolean;
}

/** Signals as the end of the next sleep. */
export interface Interruption {
  readonly pace: Pace;
  /** From here on a signal ends the process again. */
  release(): void;
}

/** From here on the signals by which people and systems end a program end the next sleep instead. */
export function interruptible(): Interruption {
  const abort = new AbortController();
  const remember = (): void => abort.abort();
  for (const name of signals) process.on(name, remember);
  return {
    pace: {
      now: machineSeconds,
      sleep: (seconds) => sleepUnless(abort.signal, seconds),
      interrupted: () => abort.signal.aborted,
    },
    release: () => {
      for (const name of signals) process.off(name, remember);
    },
  };
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function sleepUnless(signal: AbortSignal, seconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new Error("interrupted"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
