import type { Report } from "./report.ts";
import { summarize } from "./text.ts";

/** The numbers of a report, with a line for each rule that has findings, the most frequent first. */
export function reportSummary({ findings, files, rules }: Report): string {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const summaries = new Map(rules.map(({ id, summary }) => [id, summary]));
  const lines = [...counts]
    .toSorted(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
    .map(([rule, count]) => `  ${count} × ${rule}: ${summaries.get(rule) ?? ""}`.replace(/: $/, "") + "\n");
  const total = findings.length === 0 ? "nothing to mend" : summarize(findings);
  return `Summary: ${files.length} file${files.length === 1 ? "" : "s"}: ${total}\n${lines.join("")}`;
}
