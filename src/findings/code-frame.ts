import type { FilePosition } from "./finding.ts";
import { printable } from "./text.ts";

/** The line of a finding with a mark under its column; empty where the line is not there. */
export function codeFrame({ line, column }: FilePosition, lines: readonly string[]): string {
  const content = lines[line - 1]?.replace(/\r$/, "");
  if (content === undefined) return "";
  const number = String(line);
  const before = content.slice(0, column - 1);
  const start = Math.max(0, before.length - longestBefore);
  const margin = " ".repeat(number.length);
  // Tabs are as wide as they were; everything else is a blank.
  const indent = before.slice(start).replaceAll(/[^\t]/g, " ");
  return `  ${number} | ${cut(withoutSecrets(content).slice(start))}\n  ${margin} | ${indent}^\n`;
}

const longestBefore = 60;
const longestLine = 100;

function cut(text: string): string {
  const short = text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
  // Tabs stay: the mark counts on their width.
  return short.split("\t").map(printable).join("\t");
}

// A log of a CI job is read by many: what has the form of a join secret is not shown.
function withoutSecrets(line: string): string {
  return line
    .replaceAll(/((?:certificateKey|certificate-key|token|tlsBootstrapToken)["']?\s*[:=]\s*)[^\s,}]+/gi, "$1REDACTED")
    .replaceAll(/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, "REDACTED")
    .replaceAll(/(?<!@sha256:)\b[0-9a-f]{64}\b/gi, "REDACTED");
}
