import type { Command } from "../components/component.ts";

/** A command, its reason, and the machine on which it is typed. */
export type RunbookCommand = Command & { readonly on?: string };

/** A list of commands in Markdown. */
export function commands(list: readonly RunbookCommand[]): string {
  return list
    .map(
      ({ command, reason, on }) =>
        `- \`${on === undefined ? "" : `${on}${on === "laptop" ? "$" : "#"} `}${command}\`\n  ${reason}`,
    )
    .join("\n");
}
