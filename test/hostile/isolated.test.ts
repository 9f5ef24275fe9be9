import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { exampleNames } from "../../scripts/examples.ts";
import { resolveConfiguration } from "../../src/config/resolve.ts";
import { root, runBuilt } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";

/** The modules of Node that every command may use: files, paths, bytes, itself. */
const everywhere = new Set(["buffer", "fs", "path", "process"]);
/** Those that commands on a node and rehearsals load when they run: other programs, the endpoint, hashes, the machine. */
const whenNeeded = ["child_process", "crypto", "https", "os", "timers/promises", "tty", "zlib"];

// Loaded before the program: whatever reaches for the network, the clock or chance ends it.
const guard = `"use strict";
const refuse = (what) => () => { throw new Error("forbidden: " + what); };
const { Module } = require("node:module");
const load = Module._load;
Module._load = function (name, ...rest) {
  const bare = name.replace(/^node:/, "");
  if (/^(net|tls|dns|http|https|http2|dgram|child_process|worker_threads|inspector|os|crypto|cluster|dns\\/promises)$/.test(bare))
    throw new Error("forbidden: " + name);
  return load.call(this, name, ...rest);
};
for (const name of ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"])
  Object.defineProperty(globalThis, name, { get: refuse(name) });
Math.random = refuse("Math.random");
Date.now = refuse("Date.now");
globalThis.Date = new Proxy(Date, {
  apply: refuse("Date()"),
  construct: (target, values) => { if (values.length === 0) throw new Error("forbidden: new Date()"); return new target(...values); },
});
`;

describe("the program", () => {
  test("asks Node for files and paths at its start, later for a few modules more, and for nothing else", () => {
    expect(modulesOf("program.cjs").filter((name) => !everywhere.has(name))).toEqual([]);
    expect(modulesOf("parts.cjs").filter((name) => !everywhere.has(name))).toEqual(whenNeeded);
  });

  test.each(exampleNames(root))("renders, checks and shows %s without network, clock and chance", (name) => {
    const path = join(temporaryDirectory(), "guard.cjs");
    writeFileSync(path, guard);
    const file = join(root, "manifests", name, "ha.yaml");
    for (const argv of [
      ["render", "--config", file],
      ["render", "--config", file, "--format", "json"],
      ...nodeNames(file).map((node) => ["render", "--config", file, "--format", "script", "--node", node]),
      ["config", "view", "--config", file],
      ["validate", file],
      ["images", "--config", file],
    ]) {
      const guarded = runBuilt(argv, { node: ["--require", path] });
      expect(guarded.err).not.toContain("forbidden");
      expect(guarded.code, guarded.err).toBe(0);
      expect(guarded.out).toBe(runBuilt(argv).out);
    }
  });
});

/** Those that a script can prepare. */
function nodeNames(file: string): readonly string[] {
  const { spec } = resolveConfiguration({ file: { name: file, text: readFileSync(file, "utf8") } });
  const names = spec?.nodes.map(({ name }) => name) ?? [];
  expect(names.length).toBeGreaterThan(2);
  return spec?.distribution === "kubeadm" ? names : [];
}

describe("the examples", () => {
  const manifests = join(root, "manifests");
  const files = readdirSync(manifests, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(manifests, path)).isFile())
    .toSorted();
  const host = hostname();
  // nginx writes into its pod's own memory.
  const podTemporary = /\s\/tmp\/(nginx\.pid|client_body|proxy|fastcgi|uwsgi|scgi);/g;

  test("are there", () => expect(files.length).toBeGreaterThan(300));

  test.each<readonly [what: string, pattern: RegExp]>([
    ["a token", /\b[a-z0-9]{6}\.[a-z0-9]{16}\b/],
    ["a key or hash", /\b[0-9a-f]{40,}\b/i],
    ["a private key or certificate", /-----BEGIN|PRIVATE KEY/],
    ["a password", /passw(or)?d\s*[:=]/i],
    ["a date or time of day", /\b20\d\d-[01]\d-[0-3]\d\b|\b[012]\d:[0-5]\d:[0-5]\d\b/],
    ["a path of the machine that made them", /\/(home|Users|root|tmp|work|builds?|workspace)\//],
    ["the name of the machine that made them", new RegExp(`\\b${host.replaceAll(/[^\w-]/g, ".")}\\b`)],
    ["a place that was not filled in", /KUBEADM_HA_FACT_|undefined|NaN|\[object /],
    ["a control character or a carriage return", /[\u0000-\u0008\u000b-\u001f\u007f]/],
    ["a blank at the end of a line", /[ \t]$/m],
  ])("hold nothing like %s", (_, pattern) => {
    const holders = files.flatMap((path) => {
      const found = pattern.exec(readFileSync(join(manifests, path), "utf8").replaceAll(podTemporary, ""));
      return found === null ? [] : [`${path}: ${found[0]}`];
    });
    expect(holders).toEqual([]);
  });
});

/** What a file of the build asks Node for, in order. */
function modulesOf(file: string): readonly string[] {
  const source = readFileSync(join(root, "dist", file), "utf8");
  expect(source).not.toMatch(/process\.binding|getBuiltinModule/);
  const names = [...source.matchAll(/\b(?:require|import)\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(([, name = ""]) => name);
  const asked = names.filter((name) => !name.startsWith("./")).map((name) => name.replace(/^node:/, ""));
  expect(asked.length).toBeGreaterThan(0);
  return [...new Set(asked)].toSorted();
}
