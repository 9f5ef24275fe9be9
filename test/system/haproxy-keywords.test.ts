import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { type KeywordPlace, keywordsAt, knownSince, takesValue } from "../../src/readers/haproxy-keywords.ts";
import { removedSince } from "../../src/readers/haproxy-removed.ts";
import { readHaproxy } from "../../src/readers/haproxy.ts";
import { requireSystem } from "./support/programs.ts";

const directory = mkdtempSync(join(tmpdir(), "kubeadm-ha-test-"));

beforeAll(requireSystem);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const places: readonly KeywordPlace[] = ["global", "proxy", "option", "timeout", "bind", "server"];
/** \`interface\` stands only behind \`source\`; QUIC is not built in. */
const elsewhere = new Set(["interface", "quic-force-retry"]);

const base = `defaults
    timeout connect 1s
    timeout client 1s
    timeout server 1s
listen a
    bind 127.0.0.1:19999
`;

it.each(places)("the installed haproxy knows what the table has for %s", (place) => {
  const known = keywordsAt(place).filter((word) => (knownSince(place, word) ?? 9) <= 2.6 && !elsewhere.has(word));
  const refused = known.filter((word) => calledUnknown(complaints(withWord(place, word)), word));
  expect(refused).toEqual([]);
  expect(calledUnknown(complaints(withWord(place, "whatever")), "whatever")).toBe(true);
});

it.each([
  ["global", "nbproc"],
  ["global", "debug"],
  ["proxy", "clitimeout"],
  ["proxy", "redispatch"],
  ["proxy", "reqadd"],
  ["proxy", "monitor-net"],
  ["proxy", "grace"],
  ["option", "forceclose"],
  ["option", "http-tunnel"],
  ["option", "http_proxy"],
  ["timeout", "clitimeout"],
] as const)("and refuses %s %s", (place, word) => {
  expect(removedSince(place, word)).toBeDefined();
  expect(complaints(withWord(place, word))).toContain("[ALERT]");
});

it.each([
  "global\n    daemon",
  "mode tcp\n",
  "listen\n",
  "listen a 127.0.0.1:1\n",
  "listen a\n    timeout client 5x\n",
  "listen a\n    timeout client\n",
  "listen a\n    timeout client 25d\n",
  'listen a\n    log-format "x\n',
])("both refuse %j", (text) => {
  expect(readHaproxy({ file: "f", text }).problems).toHaveLength(1);
  expect(complaints(text)).toContain("[ALERT]");
});

function withWord(place: KeywordPlace, word: string): string {
  const value = (place === "bind" || place === "server") && takesValue(place, word) ? " 1" : "";
  const lines: Readonly<Record<KeywordPlace, string>> = {
    global: `global\n    ${word} x\n`,
    proxy: `${base}    ${word} x y\n`,
    option: `${base}    option ${word}\n`,
    timeout: `${base}    timeout ${word} 1s\n`,
    bind: `${base}    bind 127.0.0.1:19998 ${word}${value}\n`,
    server: `${base}    server s 127.0.0.1:1 ${word}${value}\n`,
  };
  return lines[place];
}

function complaints(text: string): string {
  const file = join(directory, "haproxy.cfg");
  writeFileSync(file, text);
  return spawnSync("haproxy", ["-c", "-f", file], { encoding: "utf8" }).stderr;
}

function calledUnknown(text: string, word: string): boolean {
  return new RegExp(`unknown (?:keyword|option) '${word}'|'timeout' supports .*got '${word}'`).test(text);
}
