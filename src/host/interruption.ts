import { ExitCode, UserError } from "../errors.ts";

/** Signals that wait until it suits: half of a change would be worse than all of it or none. */
export interface HeldSignals {
  /** Ends the command with code 130 if one has come. */
  check(): Promise<void>;
  /** An action that may wait for ever, and that a signal may therefore end with the process. */
  letThrough<Result>(action: () => Result): Result;
  /** From here on a signal ends the process again. */
  release(): void;
}

/** Holds back the signals by which people and systems end a program. */
export function holdSignals(): HeldSignals {
  let came = false;
  const remember = (): void => void (came = true);
  const hold = (): void => names.forEach((name) => process.on(name, remember));
  const release = (): void => names.forEach((name) => process.off(name, remember));
  hold();
  return {
    check: async () => {
      // Node learns of signals between two rounds of its event loop; the round that has begun may be past that.
      for (let round = 0; round < 2; round++) await new Promise((resolve) => setImmediate(resolve));
      if (came) throw new UserError("interrupted; nothing was changed", { exitCode: ExitCode.interrupted });
    },
    letThrough: (action) => {
      release();
      try {
        return action();
      } finally {
        hold();
      }
    },
    release,
  };
}

const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
