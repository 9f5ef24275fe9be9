// Bundles the program as two files: program.cjs with what every command needs at its start, and parts.cjs
// with what commands import when they run. esbuild splits ES modules only, so each of its chunks becomes
// a CommonJS function in a table; the table of parts is read when the first of them is asked for.
import { mkdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

import { build, transform } from "esbuild";

/** @param {string} directory where both files go. @param {Record<string, string>} define what stands for build-time names. */
export async function bundleProgram(directory, define) {
  const { outputFiles, metafile } = await build({
    entryPoints: { program: "src/cli.ts" },
    outdir: directory,
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: "esm",
    define,
    ...common,
  });
  const chunks = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const imports = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output.imports]));
  const early = new Set();
  const visit = (name) => {
    if (early.has(name)) return;
    early.add(name);
    for (const { path, kind, external } of imports.get(name))
      if (kind === "import-statement" && external !== true) visit(basename(path));
  };
  visit(entry);
  const late = [...chunks.keys()].filter((name) => !early.has(name));
  const table = async (names) =>
    `{${(await Promise.all([...names].map((name) => moduleFunction(name, chunks.get(name))))).join(",\n")}}`;
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    `${directory}/program.cjs`,
    `"use strict";const table=${await table(early)};${loader}load("./${entry}");\n`,
  );
  writeFileSync(`${directory}/parts.cjs`, `"use strict";module.exports=${await table(late)};\n`);
}

const entry = "program.js";

const common = { platform: "node", target: "node20.19", minify: true, legalComments: "none", logLevel: "warning" };

async function moduleFunction(name, text) {
  const { code } = await transform(text, { ...common, format: "cjs", supported: { "dynamic-import": false } });
  return `${JSON.stringify(`./${name}`)}:(module,exports,require)=>{${code}}`;
}

// As Node's own require does it: each module once, and one that is being loaded is given out as far as it is.
const loader = `const loaded={};function load(name){if(!name.startsWith("./"))return require(name);\
const known=loaded[name];if(known)return known.exports;\
if(!table[name])Object.assign(table,require("./parts.cjs"));\
const made=loaded[name]={exports:{}};table[name](made,made.exports,load);return made.exports}`;
