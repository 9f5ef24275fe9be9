import { otherNodes, soundKeepalived, soundWith } from "../keepalived/sound.ts";
import type { Pair } from "../pair.ts";

/** The last node of three, by its name, against the same with one change: the first is the measure. */
function pair(rule: string, at: string, change: readonly [from: string, to: string]): Pair {
  return {
    rule,
    file: "cp9/etc/keepalived/keepalived.conf",
    at,
    bad: soundWith(change),
    good: soundKeepalived,
    others: otherNodes(),
  };
}

const masters = otherNodes(["state BACKUP", "state MASTER"]);

export const pairs: readonly Pair[] = [
  pair("CL01", "20:23", ["virtual_router_id 61", "virtual_router_id 62"]),
  pair("CL02", "22:16", ["advert_int 1", "advert_int 0.5"]),
  pair("CL02", "19:13", ["version 3", "version 2"]),
  pair("CL03", "15:1", ["        192.0.2.13\n", ""]),
  { ...pair("CL04", "16:11", ["state BACKUP", "state MASTER"]), others: masters.slice(0, 1) },
  pair("CL07", "30:9", ["192.0.2.10/32", "192.0.2.20/32"]),
];
