import { expect } from "vitest";

import { linesOf, runOn } from "./io.ts";
import { messageProblem } from "./terminal.ts";

/** A configuration is refused with exit code 2: the first error is this line, and this mends it. */
export async function expectRefused(
  file: string,
  { line, fix }: { readonly line: string; readonly fix: string },
): Promise<void> {
  const { code, out, err } = await runOn(file, "render");
  expect({ code, printed: out.length }).toEqual({ code: 2, printed: 0 });
  expect(linesOf(err).find((text) => text.includes(": error: "))).toBe(line);
  const after = linesOf(err).slice(linesOf(err).indexOf(line) + 1);
  expect(after.find((text) => text.startsWith("    fix: "))).toBe(`    fix: ${fix}`);
  expect(linesOf(err).at(-1)).toMatch(/^error: \d+ errors?(, \d+ (warning|note)s?)*$/);
  expect(messageProblem(err)).toBe("");
}
