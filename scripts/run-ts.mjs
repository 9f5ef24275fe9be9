// Runs a TypeScript file of this repository: node scripts/run-ts.mjs FILE [ARGUMENT ...]
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";

const [file, ...rest] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const directory = mkdtempSync(join(tmpdir(), "kubeadm-ha-"));
try {
  const outfile = join(directory, "main.cjs");
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    define: { __VERSION__: JSON.stringify(version) },
    logLevel: "warning",
  });
  process.argv.splice(1, process.argv.length - 1, resolve(file), ...rest);
  await import(pathToFileURL(outfile));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
