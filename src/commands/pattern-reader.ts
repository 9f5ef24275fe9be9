import type { PatternReader } from "../schema/restrictions.ts";

/** What reads the patterns of schemas; it is loaded only for those that may have some. */
export async function patternReader(): Promise<PatternReader> {
  const { readPattern } = await import("../schema/patterns.ts");
  return readPattern;
}
