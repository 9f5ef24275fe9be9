import type { Completion, Sample } from "./sample.ts";

/** What the probe's process printed. */
export interface ProbeListener {
  sample(sample: Sample): void;
  /** Every request that started before this moment, in machine seconds, has been handed over. */
  completeBefore?(moment: number): void;
}

/** Takes the probe's output in pieces of any size. */
export function probeOutputReader(listener: ProbeListener): (piece: string) => void {
  let rest = "";
  return (piece) => {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const entry = JSON.parse(line) as Sample | Completion;
      if (entry.kind === "complete") listener.completeBefore?.(entry.before);
      else listener.sample(entry);
    }
  };
}
