import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { it } from "vitest";

import type { KeepalivedModel } from "../../src/model/vrrp.ts";
import type { Reading, ReadSource } from "../../src/readers/reading.ts";
import { readKeepalived } from "../../src/readers/keepalived.ts";
import { readScript } from "../../src/readers/script.ts";
import { soundKeepalived } from "../rules/keepalived/sound.ts";
import { fuzzReader, fuzzTimeout, fuzzTurns } from "./fuzz.ts";

const root = join(import.meta.dirname, "../../manifests/keepalived-haproxy/v1.34");
const rendered = (ending: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .map((path) => readFileSync(join(root, path), "utf8"));

const rich = `$VIP=192.0.2.9
$BLOCK=virtual_ipaddress { \\
  $VIP \\
}
@cp1 include other.conf
vrrp_sync_group G { group { a b } track_script { x weight -3 } }
vrrp_instance a {
  @^cp1 priority 100
  @cp1 priority 90
  $BLOCK
  authentication { auth_type PASS auth_pass "a b" }
}
~SEQ(N, 1, 3) virtual_server 10.0.0.$N 443 { lb_kind NAT real_server 10.0.0.1 443 { TCP_CHECK { retry 3 } } }
`;

// Its problems are findings of a rule and stand in the model.
function readWithProblems(source: ReadSource): Reading<KeepalivedModel> {
  const reading = readKeepalived(source);
  return { ...reading, problems: reading.model.problems };
}

it(
  "keepalived.conf",
  () => fuzzReader(readWithProblems, [...rendered("keepalived.conf"), soundKeepalived, rich]),
  fuzzTimeout,
);

it(
  "check scripts",
  () =>
    fuzzReader(readScript, [...rendered(".sh"), 'a=$(b "c $(d)") || case $e in f) g ;; esac <<H\ni\nH\n'], {
      turns: fuzzTurns / 4,
    }),
  fuzzTimeout,
);
