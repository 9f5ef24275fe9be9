import type { Command } from "./command.ts";
import { commands } from "./index.ts";
import { optionDefinition, type OptionName } from "./options.ts";

/** Help of the whole program. */
export function overview(): string {
  const list = table(commands.map((command) => [command.name, command.summary]));
  return `kubeadm-ha makes a kubeadm control plane highly available.\n\nUsage:\n  kubeadm-ha COMMAND [flags]\n\nCommands:\n${list}\n\nkubeadm-ha COMMAND --help tells more. Exit codes: 0 done, 1 the answer is no,\n2 wrong usage or configuration, 3 the surroundings failed.\n`;
}

/** Help of one command. */
export function help(command: Command): string {
  const options = table([
    ...command.options.map((name) => [optionSynopsis(name), optionSummary(name, command)] as const),
    ...(command.ownFlags ?? []).map(({ synopsis, summary }) => [synopsis, summary] as const),
  ]);
  const examples = command.examples.map((example) => `  ${example}`).join("\n");
  const sections = [
    wrap(`kubeadm-ha ${command.name}: ${command.summary}`, 80).join("\n"),
    `Usage:\n  kubeadm-ha ${command.name}${command.arguments === undefined ? "" : ` ${command.arguments}`}${options === "" ? "" : " [flags]"}`,
  ];
  if (options !== "") sections.push(`Flags:\n${options}`);
  if (examples !== "") sections.push(`Examples:\n${examples}`);
  return `${sections.join("\n\n")}\n`;
}

function optionSummary(name: OptionName, { formats = [] }: Command): string {
  const { summary } = optionDefinition(name);
  return name === "format" ? `${summary}: ${formats.join(", ")}` : summary;
}

function optionSynopsis(name: OptionName): string {
  const { short, value } = optionDefinition(name);
  return `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}

// 80 columns: long texts go on under their own column.
function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.min(30, Math.max(0, ...rows.map(([left]) => left.length)));
  return rows
    .map(
      ([left, right]) =>
        `  ${left.padEnd(width)}${left.length > width ? `\n  ${" ".repeat(width)}` : ""}  ${wrap(right, 74 - width).join(`\n${" ".repeat(width + 4)}`)}`,
    )
    .join("\n");
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
