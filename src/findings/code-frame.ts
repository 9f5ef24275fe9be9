import type { FilePosition } from "./finding.ts";
import { printable } from "./text.ts";

/** The line of a finding with a mark under its column; empty where the line is not there. */
export function codeFrame({ line, column }: FilePosition, text: string): string {
  const content = lineOf(text, line);
  if (content === undefined) return "";
  const number = String(line);
  const before = content.slice(0, column - 1);
  const start = Math.max(0, before.length - longestBefore);
  const shown = cut(content.slice(start));
  const margin = " ".repeat(number.length);
  // Tabs are as wide as they were; everything else is a blank.
  const indent = before.slice(start).replaceAll(/[^\t]/g, " ");
  return `  ${number} | ${shown}\n  ${margin} | ${indent}^\n`;
}

const longestBefore = 60;
const longestLine = 100;

function cut(text: string): string {
  const short = text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
  // Tabs stay: the mark counts on their width.
  return short.split("\t").map(printable).join("\t");
}

function lineOf(text: string, line: number): string | undefined {
  let start = 0;
  for (let number = 1; number < line; number++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? undefined : end).replace(/\r$/, "");
}
