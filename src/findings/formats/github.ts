import type { Finding, Severity } from "../finding.ts";
import { filePosition, type ReportFormat } from "../report.ts";

/** Workflow commands, which GitHub shows beside the lines of a change. */
export const githubReport: ReportFormat = {
  name: "github",
  summary: "workflow commands for GitHub Actions",
  print: ({ findings }) => findings.map(command).join(""),
};

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

function command({ severity, rule, path, message, remedy, position }: Finding): string {
  const place = filePosition(position);
  const properties = {
    ...(place === undefined ? {} : { file: place.file, line: String(place.line), col: String(place.column) }),
    title: rule,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${commands[severity]} ${list.join(",")}::${escapeData(`${path}: ${message}\nfix: ${remedy}`)}\n`;
}

// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
