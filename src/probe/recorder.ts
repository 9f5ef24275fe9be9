import { machineSeconds } from "./clock.ts";
import { watchLateness } from "./lateness.ts";
import type { Completion, IdleSample, RequestSample, WatchSample } from "./sample.ts";

/** How a request ended. */
export type Ending = Pick<RequestSample, "outcome"> & Partial<Pick<RequestSample, "status" | "member">>;

/** Where the parts of the probe write what they measure. */
export interface Recorder {
  /** A request starts now, after the moment it was planned for; its sample is written when the answer calls back. */
  begin(kind: RequestSample["kind"], planned: number): (ending: Ending) => void;
  add(sample: WatchSample | IdleSample): void;
}

const interval = 0.05;

/** Prints a batch of lines every 50 ms: a write for every sample would cost more than the sample. */
export function startRecorder(print: (text: string) => void): Recorder {
  const lateness = watchLateness();
  // In the order of their starts, so that the first is the oldest.
  const inFlight = new Set<{ readonly start: number }>();
  let lines: string[] = [];
  setInterval(() => {
    const [oldest] = inFlight;
    const completion: Completion = { kind: "complete", before: oldest?.start ?? machineSeconds() };
    lines.push(JSON.stringify(completion), "");
    print(lines.join("\n"));
    lines = [];
  }, interval * 1000);

  return {
    begin(kind, planned) {
      const request = { start: machineSeconds() };
      inFlight.add(request);
      return ({ outcome, status = 0, member = "" }) => {
        if (!inFlight.delete(request)) return;
        const { start } = request;
        const late = Math.max(start - planned, lateness.since(planned));
        const end = machineSeconds();
        lines.push(JSON.stringify({ kind, start, end, outcome, status, member, late } satisfies RequestSample));
      };
    },
    add(sample) {
      lines.push(JSON.stringify(sample));
    },
  };
}
