import { codeFrame } from "../code-frame.ts";
import type { Finding, Severity } from "../finding.ts";
import { filePosition, type ReportFormat } from "../report.ts";
import { findingHead, findingTail } from "../text.ts";

/** For people: place and problem, the line, why, and what to do. */
export const textReport: ReportFormat = {
  name: "text",
  summary: "for people, with the line in question",
  print: ({ findings, texts }, { colour }) =>
    findings
      .map((finding) => {
        const head = findingHead(finding);
        return `${colour ? coloured(head, finding.severity) : head}${frame(finding, texts)}${findingTail(finding)}`;
      })
      .join(""),
};

function frame({ position }: Finding, texts: ReadonlyMap<string, string>): string {
  const place = filePosition(position);
  const text = place === undefined ? undefined : texts.get(place.file);
  return place === undefined || text === undefined ? "" : codeFrame(place, text);
}

const escapes: Readonly<Record<Severity, string>> = { error: "\u001b[31m", warning: "\u001b[33m", info: "\u001b[36m" };

function coloured(head: string, severity: Severity): string {
  return head.replace(`: ${severity}: `, `: ${escapes[severity]}${severity}\u001b[0m: `);
}
