import { machineSeconds } from "../../probe/clock.ts";
import type { Lab } from "../lab/lab.ts";
import type { FaultContext } from "./fault.ts";

/** Something in the lab that has to come about before a fault is complete. */
export interface Expectation {
  /** For the message when it does not. */
  readonly what: string;
  readonly limitSeconds: number;
  holds(): boolean;
}

/** Waits for it; that it does not come is an error with what the lab's programs printed. */
export async function until(expectation: Expectation, lab: Lab, { sleep }: FaultContext): Promise<void> {
  const end = machineSeconds() + expectation.limitSeconds;
  while (!expectation.holds()) {
    if (machineSeconds() > end) {
      throw new Error(`not within ${expectation.limitSeconds} s: ${expectation.what}\n${lab.log()}`);
    }
    await sleep(0.02);
  }
}
