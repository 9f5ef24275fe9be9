import type { FaultName, SlowFaultName } from "../../timing/fault-names.ts";
import type { Lab, LabNode } from "../lab/lab.ts";
import type { Scene } from "../scene.ts";

/** A fault as it is done to a lab. */
export interface RehearsedFault {
  readonly name: FaultName;
  /** Seconds for which clients are observed at least once `inject` is done. */
  readonly minimumSeconds: number;
  /** Seconds without any disturbance after which the observation may end. */
  readonly quietSeconds: number;
  /** Seconds after which it ends in any case. */
  readonly capSeconds: number;
  /** The probe keeps a stream open on which nothing is sent. */
  readonly needsIdleStream?: boolean;
  /** Why this fault can not happen to these files. */
  skip?(scene: Scene): string | undefined;
  /** Does it. Resolves to the machine second at which the observation begins. */
  inject(lab: Lab, context: FaultContext): Promise<number>;
  /** Undoes it, the same way; undefined where the fault is over by itself. */
  repair?(lab: Lab, context: FaultContext): Promise<number>;
}

/** The lab's nodes as a fault sees them. */
export interface FaultContext {
  /** Has the virtual IP. */
  readonly holder: LabNode;
  /** All others by rank, highest first. */
  readonly others: readonly LabNode[];
  readonly durations: FaultDurations;
  sleep(seconds: number): Promise<void>;
}

/** Seconds that the slow faults last; tests shorten them. */
export type FaultDurations = Readonly<Record<SlowFaultName, number>>;

/** As long as the documentation says. */
export const fullDurations: FaultDurations = { "idle-stream": 1800, "busy-machine": 600 };
