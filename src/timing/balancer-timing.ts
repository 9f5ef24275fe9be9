import type { Setting } from "./setting.ts";

/** The balancer that clients reach over the virtual IP, as far as it decides about time. */
export interface BalancerTiming {
  readonly program: "haproxy" | "nginx";
  /** File and line of its part that leads to the API servers. */
  readonly place: string;
  /** What decides which API servers get new connections; undefined for nothing but failed ones. */
  readonly steering: HealthTiming | undefined;
  /** What cuts the connections of an API server that it takes for dead; undefined for nothing. */
  readonly cutting: HealthTiming | undefined;
  /** Whether new connections still go to some API server when none is ready. */
  readonly fallsBack: boolean;
  /** Whether a connection that an API server does not accept goes to another one. */
  readonly redispatches: boolean;
  /** Seconds that it waits for an API server to accept a connection. */
  readonly connect: Setting;
  /** Whether it can go on answering from the virtual IP when that has moved away. */
  readonly transparent: boolean;
  /** The API servers that it leads to, as its file names them. */
  readonly servers: readonly string[];
  /** Seconds after which it cuts a stream on which nothing is sent. */
  readonly idle: Setting;
}

/** An active check of the API servers. */
export interface HealthTiming {
  /** What it waits for: a connection, a TLS handshake too, or an answer. */
  readonly asks: "connection" | "handshake" | "answer";
  readonly path: string | undefined;
  readonly inter: Setting;
  readonly fastinter: Setting;
  readonly fall: Setting;
  readonly rise: Setting;
  /** Seconds that a check of a silent host lasts: connection and TLS handshake. */
  readonly connectLimit: number;
  /** Seconds that a check waits for the answer itself. */
  readonly answerLimit: number;
}
