import type { Problem } from "../rule.ts";

/** An error at a key where a condition holds. */
export function refuseIf(
  condition: boolean,
  path: string,
  [message, remedy]: readonly [message: string, remedy: string],
): readonly Problem[] {
  return condition ? [{ severity: "error", path, message, remedy }] : [];
}
