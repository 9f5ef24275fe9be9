import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { connect, createSecureContext } from "node:tls";
import type { SecureContext, TLSSocket } from "node:tls";

/** Where the probe connects to, and whom it trusts. */
export interface Target {
  readonly host: string;
  readonly port: number;
  /** Name in the server's certificate; every API server's certificate has `kubernetes`. */
  readonly servername: string;
  /** Made once: reading the authority's file costs more than a handshake. */
  readonly context: SecureContext;
}

/** Reads the certificate authority's file. */
export function targetOf(settings: { readonly url: string; readonly ca: string }): Target {
  const { hostname, port } = new URL(settings.url);
  const host = hostname.replace(/^\[|\]$/gu, "");
  return {
    host,
    port: port === "" ? 443 : Number(port),
    servername: isIP(host) === 0 ? host : "kubernetes",
    context: createSecureContext({ ca: readFileSync(settings.ca) }),
  };
}

/** A new connection without a resumed session, which is what a client without history has. */
export function openConnection(target: Target, protocol: "h2" | "http/1.1"): TLSSocket {
  const { host, port, servername } = target;
  return connect({ host, port, servername, secureContext: target.context, ALPNProtocols: [protocol] });
}
