import { setTimeout as sleep } from "node:timers/promises";

import { machineSeconds } from "../../probe/clock.ts";
import type { OwnershipChange } from "./lab.ts";
import { childrenOf, collect } from "./process.ts";
import { enter, ip, type Space } from "./space.ts";

/** Who has which virtual IP, as the kernel tells it. */
export interface Ownership {
  readonly changes: readonly OwnershipChange[];
  holders(): readonly string[];
  /** Begins to watch a node's machine; resolves when nothing is missed any more. */
  watch(space: Space): Promise<Watcher>;
  /** The node is off and holds nothing, since this moment. */
  lost(node: string): void;
}

export interface Watcher {
  /** Its processes, as this machine sees them: they are no part of the node. */
  pids(): readonly number[];
}

/** Nobody has anything yet. A node that has at least one of the addresses is a holder. */
export function createOwnership(virtualIPs: readonly string[]): Ownership {
  const changes: OwnershipChange[] = [];
  const held = new Map<string, Set<string>>();
  const note = (node: string, address: string, change: { readonly at: number; readonly added: boolean }): void => {
    const addresses = held.get(node) ?? new Set<string>();
    held.set(node, addresses);
    const before = addresses.size > 0;
    if (change.added) addresses.add(address);
    else addresses.delete(address);
    const holds = addresses.size > 0;
    if (holds !== before) changes.push({ at: change.at, node, holds });
  };
  return {
    changes,
    holders: () => [...held].filter(([, addresses]) => addresses.size > 0).map(([node]) => node),
    lost: (node) => {
      for (const address of held.get(node) ?? []) note(node, address, { at: machineSeconds(), added: false });
    },
    watch: (space) =>
      watch(space, ({ at, added, address }) => {
        if (virtualIPs.includes(address)) note(space.name, address, { at, added });
      }),
  };
}

interface AddressChange {
  readonly at: number;
  readonly added: boolean;
  readonly address: string;
}

async function watch(space: Space, report: (change: AddressChange) => void): Promise<Watcher> {
  const monitor = enter(space, ["--net", "--pid"], ["env", "TZ=UTC0", "ip", "-ts", "-o", "monitor", "address"]);
  let rest = "";
  monitor.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const change = parse(line);
      if (change !== undefined) report(change);
    }
  });
  const { stdout, stderr } = collect(monitor);
  // It says nothing when it begins, so it is given something to tell.
  for (let attempt = 0; stdout() === ""; attempt += 1) {
    if (attempt > 100 || monitor.exitCode !== null) throw new Error(`${space.name}: ip monitor fails: ${stderr()}`);
    await ip(space, ["addr replace 127.0.0.1/8 dev lo"]);
    await sleep(20);
  }
  return { pids: () => (monitor.pid === undefined ? [] : [monitor.pid, ...childrenOf(monitor.pid)]) };
}

/** `[2026-01-31T10:20:30.123456] Deleted 2: eth0    inet 192.0.2.1/32 scope global eth0\ ...` */
function parse(line: string): AddressChange | undefined {
  const match = /^\[([^\]]+)\] (Deleted )?\d+: \S+\s+inet6? ([^/ ]+)/.exec(line);
  if (match === null) return undefined;
  const [, stamp = "", deleted, address = ""] = match;
  // The time when ip read it, not when this process got round to reading ip's line.
  const late = (Date.now() - Date.parse(`${stamp}Z`)) / 1000;
  return { at: machineSeconds() - (late > 0 && late < 10 ? late : 0), added: deleted === undefined, address };
}
