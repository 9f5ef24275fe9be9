#!/usr/bin/env node
"use strict";
// Starts program.cjs with V8's code cache, which saves a third of the start. The cache is made by the
// build; V8 itself refuses one of another Node version, and then everything works without it.
const { closeSync, openSync, readSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");

// The bundles are ASCII, and a string of one-byte characters is read faster.
function load(name) {
  const filename = `${__dirname}/${name}.cjs`;
  const cache = `${__dirname}/${name}.cache`;
  const source = `(function (exports, require, module, __filename, __dirname) { ${read(filename).latin1Slice()}\n})`;
  const script = new Script(source, { filename, cachedData: readIfThere(cache) });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, filename, __dirname);
  if (process.env.KUBEADM_HA_WRITE_CODE_CACHE === "1")
    process.on("exit", () => writeFileSync(cache, script.createCachedData()));
  return module.exports;
}

// Every function of Node's costs a tenth of a millisecond when it is called first: these the program calls anyway.
function read(path) {
  const descriptor = openSync(path);
  let bytes = Buffer.allocUnsafeSlow(2 ** 20);
  let length = 0;
  for (let count = -1; count !== 0; length += count) {
    if (length === bytes.length) bytes = Buffer.concat([bytes, bytes]);
    count = readSync(descriptor, bytes, length, bytes.length - length, null);
  }
  closeSync(descriptor);
  return bytes.subarray(0, length);
}

function readIfThere(path) {
  try {
    return read(path);
  } catch {
    return undefined;
  }
}

// Manifests without a mistake, thousands of them in CI, need no more than this.
if (process.argv[2] !== "validate" || !load("quick-validate").answered) load("program");
// All has been written, and an end of its own accord would tidy up for another millisecond.
else process.exit();
