/** Tells people how far it is. */
export interface Progress {
  /** What is done now, and for how long it goes on after that, in seconds. */
  step(text: string, secondsLeft: number): void;
  /** Something that stays on the screen. */
  say(text: string): void;
  /** Nothing is done any more. */
  end(): void;
}

interface ProgressOutput {
  err(text: string): void;
  /** The last line is replaced where it stands. */
  readonly isTerminal: boolean;
}

/** One line that is replaced on a terminal, a line each elsewhere. */
export function createProgress({ err, isTerminal }: ProgressOutput): Progress {
  const clear = isTerminal ? "\r\u001B[K" : "";
  let shown = false;
  return {
    step: (text, secondsLeft) => {
      err(`${clear}${prefix}${text}, ${timeText(secondsLeft)} left${isTerminal ? "" : "\n"}`);
      shown = isTerminal;
    },
    say: (text) => {
      err(`${clear}${prefix}${text}\n`);
      shown = false;
    },
    end: () => {
      if (shown) err(clear);
      shown = false;
    },
  };
}

const prefix = "[rehearse] ";

function timeText(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(5, Math.ceil(seconds / 5) * 5)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `about ${minutes} min` : `about ${(minutes / 60).toFixed(1)} h`;
}
