import { codeFrame } from "../code-frame.ts";
import type { Finding, Severity } from "../finding.ts";
import { filePosition, type ReportFormat } from "../report.ts";
import { findingHead, findingTail } from "../text.ts";

/** For people: place and problem, the line, why, and what to do. */
export const textReport: ReportFormat = {
  name: "text",
  summary: "for people, with the line in question",
  print: ({ findings, texts }, { colour }) => {
    const lines = linesOf(texts);
    return findings
      .map((finding) => {
        const head = findingHead(finding);
        return `${colour ? coloured(head, finding.severity) : head}${frame(finding, lines)}${findingTail(finding)}`;
      })
      .join("");
  },
};

// A file may have a hundred thousand findings: it is cut into lines once.
function linesOf(texts: ReadonlyMap<string, string>): (file: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (file) => {
    const lines = known.get(file) ?? texts.get(file)?.split("\n") ?? [];
    known.set(file, lines);
    return lines;
  };
}

function frame({ position }: Finding, lines: (file: string) => readonly string[]): string {
  const place = filePosition(position);
  return place === undefined ? "" : codeFrame(place, lines(place.file));
}

const escapes: Readonly<Record<Severity, string>> = { error: "\u001b[31m", warning: "\u001b[33m", info: "\u001b[36m" };

function coloured(head: string, severity: Severity): string {
  return head.replace(`: ${severity}: `, `: ${escapes[severity]}${severity}\u001b[0m: `);
}
