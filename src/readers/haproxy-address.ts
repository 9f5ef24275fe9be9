import { parseAddress } from "../net/address.ts";

/** The parts of an address in haproxy's notation. */
export interface HaproxyAddress {
  /** Without port and brackets: an IP address in canonical text, a name, `*`, "" or the path of a socket. */
  readonly host: string;
  /** What the text says about the family: undefined for names, `*`, "" and sockets. */
  readonly family: 4 | 6 | undefined;
  readonly firstPort: number | undefined;
  /** The last one of a range, else the same. */
  readonly lastPort: number | undefined;
}

/**
 * Reads `*:6443`, `:6443`, `:::8443`, `[::]:8443`, `ipv6@:8443`, `10.0.0.1:8000-8010`, `/run/x.sock`.
 * https://docs.haproxy.org/3.0/configuration.html#11 (str2sa_range in src/tools.c)
 */
export function parseHaproxyAddress(text: string): HaproxyAddress {
  const plain = text.replace(/^(?:stream|dgram|quic)\+/, "");
  if (isSocket(plain)) return socket(plain);
  const [, prefix = ""] = /^((?:ip|ipv[46]|tcp[46]?|udp[46]?|mptcp[46]?|quic[46])@)/.exec(plain) ?? [];
  const rest = plain.slice(prefix.length);
  // The port stands behind the last colon, unless a bracket closes behind it.
  const cut = Math.max(rest.lastIndexOf(":"), rest.lastIndexOf("]"));
  const hasPort = rest.charAt(cut) === ":";
  const host = (hasPort ? rest.slice(0, cut) : rest).replace(/^\[(.*)\]$/, "$1");
  const ports = hasPort ? /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(rest.slice(cut + 1)) : null;
  const address = parseAddress(host);
  const first = ports?.[1];
  const last = ports?.[2] ?? first;
  return {
    host: address?.text ?? host,
    family: address?.family ?? familyOf(prefix),
    firstPort: first === undefined ? undefined : Number(first),
    lastPort: last === undefined ? undefined : Number(last),
  };
}

/** Whether only the machine itself can reach it; the host is that of `parseHaproxyAddress`. */
export function isLocalHost(host: string): boolean {
  return isSocket(host) || host.startsWith("127.") || host === "::1" || host === "localhost";
}

/** Whether it is the path or name of a socket, not an address of a network. */
export function isSocket(host: string): boolean {
  return /^(?:unix|uxst|uxdg|abnsz?|fd|sockpair|rhttp)@|^\//.test(host);
}

function socket(path: string): HaproxyAddress {
  return { host: path, family: undefined, firstPort: undefined, lastPort: undefined };
}

function familyOf(prefix: string): 4 | 6 | undefined {
  return prefix.includes("4@") ? 4 : prefix.includes("6@") ? 6 : undefined;
}
