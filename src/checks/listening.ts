import { parseAddress } from "../net/address.ts";
import type { Lines } from "../render/text.ts";

/**
 * Whether a socket that listens at `listener` takes the place of one at `bind`; `*` stands for all
 * addresses of both families, `0.0.0.0` and `::` for all of one.
 */
export function takes(listener: string, bind: string): boolean {
  const [a, b] = [unmapped(listener), unmapped(bind)];
  if (a === "*" || b === "*") return true;
  if (a.includes(":") !== b.includes(":")) return false;
  return a === b || isWildcard(a) || isWildcard(b);
}

/** The branches of a shell `case` on a listener's address that runs `hit` where `takes` says yes. */
export function takesShell(bind: string, hit: string): Lines {
  if (bind === "*") return [`*) ${hit} ;;`];
  if (bind === "::") return ["::ffff:*) ;;", `*:* | '*') ${hit} ;;`];
  if (bind === "0.0.0.0") return [`::ffff:*) ${hit} ;;`, "*:*) ;;", `*) ${hit} ;;`];
  const same = bind.includes(":") ? `${bind} | ::` : `${bind} | 0.0.0.0 | ::ffff:${bind} | ::ffff:0.0.0.0`;
  return [`'*' | ${same}) ${hit} ;;`];
}

function isWildcard(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

/** An IPv4 address that a socket of both families listens at. */
function unmapped(address: string): string {
  const inner = address.toLowerCase().startsWith("::ffff:") ? parseAddress(address.slice(7)) : undefined;
  return inner?.family === 4 ? inner.text : address;
}
