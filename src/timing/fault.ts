import type { ClusterTiming } from "./cluster-timing.ts";
import type { FaultName } from "./fault-names.ts";

/** Which measured figure of an injection is its headline, in seconds. */
export type Figure = "blackout" | "last-failure" | "first-success";

/** A fault as documentation, predictions and rehearsals share it. */
export interface Fault {
  readonly name: FaultName;
  /** For tables: at most 40 characters. */
  readonly title: string;
  /** What is done, and how it is repaired: one sentence each. */
  readonly summary: string;
  readonly figure: Figure;
  predict(cluster: ClusterTiming): Prediction;
}

/** Seconds. Infinity: until the repair. */
export interface Span {
  readonly best: number;
  readonly typical: number;
  readonly worst: number;
}

/** What clients of a cluster go through in a fault. */
export interface Prediction {
  /** Seconds of the fault's figure. */
  readonly newConnections: Span;
  /** Seconds until a watch delivers again, for a client that pings after 5 s of silence. */
  readonly established: Span;
  /** The setting that decides, with its value and the file and line where it stands. */
  readonly dominatedBy: string;
  readonly shorten: string | undefined;
  /** What the cluster is not protected from, and limits on the client's side. */
  readonly notes: readonly string[];
}
