/** What one run of the probe does; the process takes it as JSON in its first argument. */
export interface ProbeSettings {
  /** Where clients connect, an address rather than a name: `https://10.0.0.1:8443`. */
  readonly url: string;
  /** Path of the certificate authority's file. */
  readonly ca: string;
  /** Fresh connections a second. */
  readonly rate: number;
  /** Kept HTTP/2 connections. */
  readonly kept: number;
  readonly watches: number;
  /** Whether one stream without any byte is held open. */
  readonly idle: boolean;
}

/** Seconds after which the probe gives up: a request without an answer, an attempt to connect, a silent watch. */
export const patience = 5;

/** Seconds between two attempts to connect a stream or a kept connection again. */
export const attemptInterval = 0.1;
