import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { hostsScript } from "../../src/components/hosts-entry/script.ts";
import { temporaryDirectory } from "../support/temporary.ts";
import { cluster } from "./cluster.ts";

const own = "192.168.10.100 api.example.com # kubeadm-ha\n";
const script = hostsScript({ ...cluster(), endpoint: { host: "api.example.com", port: 8443 } });

test.each([
  ["an ordinary file", "127.0.0.1 localhost\n::1 localhost\n"],
  ["an empty file", ""],
  ["the name elsewhere", "127.0.0.1 localhost\n10.0.0.9 api.example.com # mine\n"],
])("%s gets our line, once, and is what it was when that goes", (_, before) => {
  const directory = temporaryDirectory();
  const hosts = join(directory, "hosts");
  writeFileSync(hosts, before, { mode: 0o640 });
  for (const [word, after] of [
    ["add", before + own],
    ["add", before + own],
    ["remove", before],
    ["remove", before],
  ] as const) {
    run(word, hosts);
    expect(readFileSync(hosts, "utf8"), word).toBe(after);
  }
  expect(statSync(hosts).mode & 0o777).toBe(0o640);
  expect(readdirSync(directory)).toEqual(["hosts"]);
});

test("another virtual IP takes the place of the old one", () => {
  const hosts = join(temporaryDirectory(), "hosts");
  writeFileSync(hosts, `127.0.0.1 localhost\n192.168.10.99 api.example.com # kubeadm-ha\n::1 localhost`);
  run("add", hosts);
  expect(readFileSync(hosts, "utf8")).toBe(`127.0.0.1 localhost\n::1 localhost\n${own}`);
});

test("anything but add and remove changes nothing", () => {
  const hosts = join(temporaryDirectory(), "hosts");
  writeFileSync(hosts, "127.0.0.1 localhost\n");
  expect(() => run("delete", hosts)).toThrow("add or remove");
  expect(readFileSync(hosts, "utf8")).toBe("127.0.0.1 localhost\n");
});

function run(word: string, hosts: string): void {
  execFileSync("sh", ["-s", word], { input: script, env: { ...process.env, HOSTS_FILE: hosts }, stdio: "pipe" });
}
