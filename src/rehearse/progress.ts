/** Tells people how far it is. */
export interface Progress {
  /** What is done now, and how long everything takes from here on, in seconds; that is counted down. */
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
  let current: { readonly text: string; readonly end: number; readonly line: string } | undefined;
  let timer: NodeJS.Timeout | undefined;
  const show = (text: string, end: number): void => {
    const line = `${prefix}${text}, ${timeText((end - performance.now()) / 1000)} left`;
    if (line === current?.line && shown === isTerminal) return;
    current = { text, end, line };
    err(`${clear}${line}${isTerminal ? "" : "\n"}`);
    shown = isTerminal;
  };
  const stop = (): void => {
    clearInterval(timer);
    current = undefined;
  };
  return {
    step: (text, secondsLeft) => {
      stop();
      const end = performance.now() + secondsLeft * 1000;
      show(text, end);
      timer = setInterval(() => show(text, end), isTerminal ? 1000 : 60_000).unref();
    },
    say: (text) => {
      err(`${clear}${prefix}${text}\n`);
      shown = false;
    },
    end: () => {
      stop();
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
