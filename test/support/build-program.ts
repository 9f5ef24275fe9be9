import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Builds the program once, for the tests that start it as a process. */
export default function setup(): void {
  execFileSync(process.execPath, ["scripts/build.mjs", "--program-only"], {
    cwd: join(import.meta.dirname, "../.."),
    stdio: "inherit",
  });
}
