import type { RequestSample } from "./sample.ts";

type Outcome = RequestSample["outcome"];

const byCode: Readonly<Record<string, Outcome>> = {
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ETIMEDOUT: "timeout",
  ECONNRESET: "reset",
  EPIPE: "reset",
};

/** What kind of failure an error of a connection is; one that ended without an error was reset. */
export function outcomeOf(error: unknown): Outcome {
  const code = error instanceof Error && "code" in error ? String(error.code) : "ECONNRESET";
  const known = byCode[code];
  if (known !== undefined) return known;
  // Certificates fail with OpenSSL's names (`CERT_HAS_EXPIRED`), handshakes with `ERR_SSL_…` and `ERR_TLS_…`.
  return code.startsWith("ERR_HTTP2") ? "reset" : "tls";
}
