// Builds dist/: the program as one CommonJS file with V8's code cache beside it, the processes that a rehearsal
// starts, and the library as ES modules.
import { isAscii } from "node:buffer";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { bundleProgram } from "./bundle-program.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const { version } = JSON.parse(readFileSync("package.json", "utf8"));

// A run beside this one must find the program at any time: it is made elsewhere and takes its place in one step.
const staging = `dist.${process.pid}`;
process.on("exit", () => rmSync(staging, { recursive: true, force: true }));
const define = { __VERSION__: JSON.stringify(version) };
await bundleProgram(staging, define);
await build({
  entryPoints: {
    probe: "src/probe/main.ts",
    "api-server": "src/rehearse/api-server/main.ts",
    "quick-validate": "src/quick-validate.ts",
  },
  outdir: staging,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.19",
  minify: true,
  legalComments: "none",
  define,
  logLevel: "warning",
});

// The launcher reads one byte a character.
for (const name of ["program", "quick-validate"])
  if (!isAscii(readFileSync(`${staging}/${name}.cjs`)))
    throw new Error(`${name}.cjs is not ASCII: write escapes in regular expressions`);

writeFileSync(`${staging}/kubeadm-ha.cjs`, readFileSync("scripts/launcher.cjs"), { mode: 0o755 });
// What one run compiles is what the cache keeps: make it keep what `render` needs.
for (const words of [
  ["render", "--config", "manifests/kube-vip/ha.yaml"],
  ["validate", "test/fixtures/ordinary.yaml"],
]) {
  const { status, stderr } = spawnSync(process.execPath, [`${staging}/kubeadm-ha.cjs`, ...words], {
    env: { KUBEADM_HA_WRITE_CODE_CACHE: "1" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (status !== 0) process.stderr.write(`build: no code cache, starting takes 10 ms longer: ${String(stderr)}\n`);
}

if (!process.argv.includes("--program-only")) {
  const tsc = ["--project", "tsconfig.build.json", "--outDir", `${staging}/lib`];
  execFileSync("node_modules/.bin/tsc", tsc, { stdio: "inherit" });
}

const old = `dist.old.${process.pid}`;
if (existsSync("dist")) renameSync("dist", old);
renameSync(staging, "dist");
rmSync(old, { recursive: true, force: true });
