import type { ClientFigures } from "../probe/figures.ts";
import type { FaultName } from "../timing/fault-names.ts";

/** How the daemons are run: as services of the machine, or as their static pods say. */
export const forms = ["host", "static-pod"] as const;
export type Form = (typeof forms)[number];

/** Which node has the virtual IP when the fault comes: the first or the last one by rank. */
export const holderRanks = ["first", "last"] as const;
export type HolderRank = (typeof holderRanks)[number];

/** Who had the virtual IP. Seconds. */
export interface ElectionFigures {
  /** How long two nodes or more had it at once. */
  readonly twoHolders: number;
  /** How long no node had it. */
  readonly noHolder: number;
  /** How often it came to another node; there and back are two. */
  readonly moves: number;
}

/** What was seen during a fault, or after its repair. */
export type PhaseFigures = ClientFigures &
  ElectionFigures & {
    /** Everything was quiet again before the observation ended. */
    readonly settled: boolean;
    /** How long it was observed, in seconds. */
    readonly seconds: number;
  };

/** One fault, injected and repaired once. */
export interface Measurement {
  /** The first 16 hexadecimal digits of the SHA-256 of all files. */
  readonly configuration: string;
  /** What was rehearsed, as it was named on the command line. */
  readonly name: string;
  readonly form: Form;
  readonly fault: FaultName;
  readonly holder: HolderRank;
  /** From 1. */
  readonly repetition: number;
  readonly injected: PhaseFigures;
  /** Undefined where the fault has no repair. */
  readonly repaired: PhaseFigures | undefined;
  /** The load average of the last minute when it began. */
  readonly load: number;
  /** A first run was late, so this is the second one. */
  readonly again: boolean;
}

/** Seconds. Samples that are later than this say more about the machine than about the cluster. */
export const lateLimit = 0.05;

/** Seconds by which the probe itself was late at most. */
export function lateness({ injected, repaired }: Pick<Measurement, "injected" | "repaired">): number {
  return Math.max(injected.late, repaired?.late ?? 0);
}
