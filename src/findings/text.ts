import type { Finding, Position, Severity } from "./finding.ts";

/** Findings for people, a block each: place and problem, why, and what to do. Values cannot smuggle control characters in. */
export function formatFindings(findings: readonly Finding[]): string {
  return findings.map((finding) => findingHead(finding) + findingTail(finding)).join("");
}

/** "2 errors, 1 warning", in the order of badness; empty for none. */
export function summarize(findings: readonly Finding[]): string {
  const severities: readonly Severity[] = ["error", "warning", "info"];
  return severities
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity === "info" ? "note" : severity}${count === 1 ? "" : "s"}`)
    .join(", ");
}

/** Text that a terminal cannot obey: control and direction characters are written as escapes, long values are cut. */
export function printable(text: string): string {
  const shown = text.length > 300 ? `${text.slice(0, 200)}… (${text.length} characters)` : text;
  return shown.replaceAll(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return character === "\n" ? "\\n" : character === "\t" ? "\\t" : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** Place and problem, on one line. */
export function findingHead({ position, path, severity, message, rule }: Finding): string {
  const place = position === undefined ? "" : `${formatPosition(position)} `;
  return `${place}${printable(path)}: ${severity}: ${printable(message)} [${rule}]\n`;
}

/** Why it matters and what to do, a line each. */
export function findingTail({ reason, remedy }: Finding): string {
  const why = reason === undefined ? "" : `    why: ${printable(reason)}\n`;
  return `${why}    fix: ${printable(remedy)}\n`;
}

function formatPosition(position: Position): string {
  return "flag" in position ? position.flag : `${printable(position.file)}:${position.line}:${position.column}`;
}
