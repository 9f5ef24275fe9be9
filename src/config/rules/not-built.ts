import type { HAConfiguration } from "../schema.ts";
import type { DraftRule, Problem } from "../rule.ts";

/** Refuses what the format already names but this version cannot make. */
export const notBuilt: DraftRule = {
  id: "not-built",
  summary: "Only what this version can make is accepted.",
  reason: "half of a high-availability configuration is worse than none",
  check: (configuration) =>
    unbuilt
      .filter(({ used }) => used(configuration))
      .map(({ path, message, remedy }): Problem => ({
        severity: "error",
        path,
        message: `${message} is not built yet`,
        remedy,
      })),
};

/** What is not built of the key itself. */
export function notBuiltAt(key: string): readonly string[] {
  return unbuilt.filter(({ path }) => path === key).map(({ message }) => message);
}

interface Unbuilt {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
  used(configuration: HAConfiguration): boolean;
}

const unbuilt: readonly Unbuilt[] = [
  feature("members", "a member list from the API", "use file", (c) => c.members === "api"),
];

function feature(
  path: string,
  message: string,
  ...[remedy, used]: readonly [remedy: string, used: Unbuilt["used"]]
): Unbuilt {
  return { path, message, remedy, used };
}
