/** One request of the probe, on a connection of its own or on a kept one. Machine seconds. */
export interface RequestSample {
  readonly kind: "fresh" | "kept";
  readonly start: number;
  readonly end: number;
  /** "answered" is a complete answer with status 200; anything else is a failure. */
  readonly outcome: "answered" | "status" | "refused" | "reset" | "unreachable" | "timeout" | "tls";
  /** The answer's HTTP status, 0 without an answer. */
  readonly status: number;
  /** The API server that answered, empty without an answer. */
  readonly member: string;
  /** Seconds that the probe itself was late when it sent it or while it waited. */
  readonly late: number;
}

/** Something that a watch saw. Machine seconds. */
export interface WatchSample {
  readonly kind: "watch";
  readonly watch: number;
  readonly at: number;
  readonly event: "opened" | "event" | "ended" | "silent";
  readonly member: string;
}

/** The idle stream: opened, and ended by somebody else. Machine seconds. */
export interface IdleSample {
  readonly kind: "idle";
  readonly at: number;
  readonly event: "opened" | "ended";
}

/** What the probe measured; it prints one as JSON a line. */
export type Sample = RequestSample | WatchSample | IdleSample;

/**
 * Printed between the samples: every request that started before this moment (machine seconds) has been printed.
 * A request is printed when it ends, up to 5 s after its start: without this a silence would look like health.
 */
export interface Completion {
  readonly kind: "complete";
  readonly before: number;
}
