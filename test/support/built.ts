import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The built program, as its users have it. */
export const builtProgram = fileURLToPath(new URL("../../dist/kubeadm-ha.cjs", import.meta.url));
/** The root of the checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Options of Node itself. */
  readonly node?: readonly string[];
}

/** Runs the built program with nothing in its environment but what is given. */
export function runBuilt(argv: readonly string[], options: ProcessOptions = {}) {
  const started = performance.now();
  const { status, stdout, stderr, signal } = spawnSync(
    process.execPath,
    [...(options.node ?? []), builtProgram, ...argv],
    {
      cwd: options.cwd ?? root,
      env: { ...options.env },
      input: options.input ?? "",
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      timeout: 20_000,
    },
  );
  return { code: status, out: stdout, err: stderr, signal, milliseconds: performance.now() - started };
}
