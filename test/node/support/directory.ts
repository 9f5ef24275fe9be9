import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll } from "vitest";

const top = mkdtempSync(join(tmpdir(), "kubeadm-ha-test-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

let count = 0;

/** A new directory that is gone after all tests of the file: they run at the same time, and share scripts. */
export function newDirectory(): string {
  count += 1;
  const directory = join(top, String(count));
  mkdirSync(directory);
  return directory;
}
