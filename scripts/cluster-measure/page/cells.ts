import { headline } from "../../../src/report/cells.ts";
import { maximum, median } from "../../../src/report/statistics.ts";
import type { ClusterFault } from "../../cluster-lab/faults/fault.ts";
import type { ClusterMeasurement } from "../samples.ts";

/** Seconds: the figure that rehearse and predict have of the same fault, so that all three can be compared. */
export function outage({ rehearsed }: ClusterFault, { injected }: ClusterMeasurement): number {
  return rehearsed === undefined ? injected.blackout : headline({ fault: rehearsed, injected });
}

/** Whether clients still noticed something in one of the runs when its observation ended. */
export function goesOn({ repair }: ClusterFault, runs: readonly ClusterMeasurement[]): boolean {
  return repair === undefined && runs.some(({ injected }) => !injected.settled);
}

/** Median and maximum. */
export function spread(values: readonly number[], text: (value: number) => string): string {
  return `${text(median(values))}/${text(maximum(values))}`;
}
