import type { NodeFacts } from "../checks/facts.ts";

/** What `ss -ltnH` prints; /proc/net/tcp6 would not tell `*` of both families from `[::]` of one. */
export function parseListeners(text: string): NodeFacts["listeners"] {
  return text.split("\n").flatMap((line) => {
    const socket = line.trim().split(/\s+/)[3] ?? "";
    const match = /^(.*):(\d+)$/.exec(socket);
    if (match === null) return [];
    // A socket that is bound to an interface: 0.0.0.0%eth0, [fe80::1]%eth0.
    const address = (match[1] ?? "").replace(/%.*$/, "").replace(/^\[/, "").replace(/\]$/, "");
    return [{ address, port: Number(match[2]) }];
  });
}
