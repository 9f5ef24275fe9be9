import { collect } from "./process.ts";
import { type Space, start } from "./space.ts";
import { eventually } from "./wait.ts";

/** What a command of a machine says, asked again and again. */
export interface Watch {
  /** Waits until an answer that was asked for after a moment fits; says when it was there, and how late this machine was. */
  until(what: string, options: UntilOptions): Promise<Seen>;
  /** All answers. */
  samples(): readonly Sample[];
}

export interface UntilOptions {
  /** In seconds since 1970. */
  readonly since: number;
  readonly limitSeconds: number;
  fits(answer: string): boolean;
}

export interface Sample {
  /** When it was asked for and when it was there, in seconds since 1970. */
  readonly asked: number;
  readonly answered: number;
  readonly answer: string;
}

export interface Seen extends Sample {
  /** The longest time without a sample until then, in seconds: as much can be due to this machine. */
  readonly late: number;
}

/** Asks ten times a second, by a shell line that prints one line. */
export function watch(space: Space, line: string): Watch {
  const samples: Sample[] = [];
  const child = start(space, ["bash", "-c", loop, line]);
  let rest = "";
  // Its standard error, so that nobody waits for a reader of it.
  collect(child);
  child.stdout?.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    samples.push(...lines.map(parseSample));
  });
  return {
    samples: () => samples,
    until: async (what, { since, limitSeconds, fits }) => {
      const seen = await eventually(what, limitSeconds, () =>
        samples.find(({ asked, answer }) => asked >= since && fits(answer)),
      ).catch((error: unknown) => {
        throw new Error(`${String(error)}\nthe last answer: ${samples.at(-1)?.answer ?? "none"}`);
      });
      return { ...seen, late: lateness(samples, since, seen.answered) };
    },
  };
}

/** Now, on the clock of samples. */
export function now(): number {
  return Date.now() / 1000;
}

const period = 0.1;

const loop = `
while :; do
  asked=$EPOCHREALTIME
  answer=$(eval "$0" 2>&1) || true
  printf '%s\\t%s\\t%s\\n' "$asked" "$EPOCHREALTIME" "\${answer//$'\\n'/ }"
  sleep ${period}
done`;

function parseSample(line: string): Sample {
  const [asked = "", answered = "", ...answer] = line.split("\t");
  return { asked: Number(asked), answered: Number(answered), answer: answer.join(" ") };
}

/** The longest time between two answers, beyond the period. */
function lateness(samples: readonly Sample[], from: number, to: number): number {
  const times = samples.map(({ answered }) => answered).filter((time) => time >= from && time <= to);
  const gaps = [from, ...times].map((time, index) => (times[index] ?? time) - time);
  return Math.max(0, ...gaps.map((gap) => gap - period));
}
