import type { Span } from "./fault.ts";
import { exactly, longest, span, sum } from "./span.ts";

// Seconds of silence after which the client that predictions are about gives up a watch.
const pingSeconds = 5;

/** Seconds after which a request without an answer has failed. */
export const requestLimitSeconds = 5;

/** Nothing fails, or only what was under way at that moment. */
export const unharmed = span(0, 0, 0.1);

/** What was under way fails; the next request is answered. */
export const inFlight = span(0, 0.02, 0.15);

/** From the moment that somebody serves until a client has its next answer: ARP, a connection, TLS. */
export const noticing = span(0, 0.05, 0.17);

/** The virtual IP moves between two nodes that both serve: what was under way on the old one is lost. */
export const handover = span(0, 0.08, 0.2);

/** A watch whose connection was reset is opened again as soon as somebody accepts it. */
export const reopened = span(0, 0.1, 0.5);

/** A watch is not touched. */
export const untouched = exactly(0);

/** A watch that nobody cuts: until the client misses its ping, and somebody accepts it again. */
export function afterPing(outage: Span, again: Span = span(0, 0.1, 0.5)): Span {
  return longest(sum(exactly(pingSeconds), again), sum(outage, again));
}

/**
 * A watch that was reset: attempts to open it again are refused at once for a while, and then, while nobody has the
 * virtual IP, lost and repeated by the client's kernel after 1 s, 3 s and 7 s.
 */
export function afterLostAttempt(refused: Span, gone: Span): Span {
  const repeated = (seconds: number): number => attempts.find((at) => at >= seconds) ?? seconds;
  const typical = gone.typical < attemptSeconds ? gone.typical : repeated(gone.typical);
  return sum(refused, span(gone.best, typical, repeated(gone.worst)), reopened);
}

// https://docs.kernel.org/networking/ip-sysctl.html (tcp_syn_retries)
const attempts = [0, 1, 3, 7, 15, 31, 63];

/** Seconds between two attempts: in a shorter time the chance is that none is lost. */
export const attemptSeconds = 0.1;

/**
 * A watch whose balancer lives on where the virtual IP has gone, and goes on sending from it: what nobody acknowledges
 * is repeated after 0.2 s, then each time twice as long, and the first repetition that the client can answer to a new
 * holder is answered with a reset.
 */
export function afterAbsence(gone: Span): Span {
  const repeated = (seconds: number): number =>
    seconds <= firstRepetition ? 0 : (repetitions.find((at) => at >= seconds) ?? seconds);
  return sum(span(0, repeated(gone.typical), repeated(gone.worst)), reopened);
}

// TCP_RTO_MIN: https://github.com/torvalds/linux/blob/v6.12/include/net/tcp.h
const firstRepetition = 0.2;
const repetitions = [0.2, 0.6, 1.4, 3, 6.2, 12.6, 25.4, 51];

/** What holds on every client, whatever the servers do; for the end of every prediction. */
export const clientLimits: readonly string[] = [
  `Established connections: for a client that pings after ${pingSeconds} s of silence. Where nothing cuts a connection, kubelets and controllers (client-go) notice after 30 + 15 s; HTTP2_READ_IDLE_TIMEOUT_SECONDS and HTTP2_PING_TIMEOUT_SECONDS in the environment of a program shorten that, for the kubelet as Environment= of a systemd drop-in.`,
  "A connection attempt that was sent into the outage is repeated by the client's kernel after 1 s, then 3 s and 7 s: single clients may wait that much longer than the table says.",
];
