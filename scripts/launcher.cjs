#!/usr/bin/env node
"use strict";
// Starts program.cjs with V8's code cache, which saves a third of the start. The cache is made by the
// build; V8 itself refuses one of another Node version, and then everything works without it.
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { Script } = require("node:vm");

// The bundles are ASCII, and a string of one-byte characters is read faster.
function load(name) {
  const filename = join(__dirname, `${name}.cjs`);
  const cache = join(__dirname, `${name}.cache`);
  const source = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(filename, "latin1")}\n})`;
  const script = new Script(source, existsSync(cache) ? { filename, cachedData: readFileSync(cache) } : { filename });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(filename), module, filename, __dirname);
  if (process.env.KUBEADM_HA_WRITE_CODE_CACHE === "1")
    process.on("exit", () => writeFileSync(cache, script.createCachedData()));
  return module.exports;
}

// Manifests without a mistake, thousands of them in CI, need no more than this.
if (process.argv[2] !== "validate" || !load("quick-validate").answered) load("program");
