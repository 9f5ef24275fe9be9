import type { NodeFacts } from "../checks/facts.ts";
import { isRecord } from "../config/paths.ts";
import { parseAddress } from "../net/address.ts";

/** What `ip -j addr` prints; nothing for what is not its output. */
export function parseInterfaces(text: string): Pick<NodeFacts, "addresses" | "interfaces"> {
  const interfaces = listOf(parseJson(text)).filter(({ ifname }) => typeof ifname === "string");
  return {
    interfaces: interfaces.map(({ ifname, flags }) => ({
      name: String(ifname),
      up: Array.isArray(flags) && flags.includes("UP") && flags.includes("LOWER_UP"),
    })),
    addresses: interfaces.flatMap(({ ifname, addr_info: entries }) =>
      listOf(entries).map(({ local, prefixlen, scope }) => ({
        interface: String(ifname),
        address: parseAddress(String(local))?.text ?? String(local),
        prefixLength: Number(prefixlen),
        global: scope === "global",
      })),
    ),
  };
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
