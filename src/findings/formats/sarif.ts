import type { Finding, Severity } from "../finding.ts";
import { filePosition, type Report, type ReportFormat } from "../report.ts";

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarifReport: ReportFormat = {
  name: "sarif",
  summary: "SARIF 2.1.0, for code scanning",
  print: (report) => `${JSON.stringify(log(report), null, 2)}\n`,
};

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

function log({ findings, rules, product }: Report): unknown {
  const used = new Set(findings.map(({ rule }) => rule));
  const named = rules.filter(({ id }) => used.has(id));
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "kubeadm-ha",
            semanticVersion: product,
            rules: named.map(({ id, summary, reason }) => ({
              id,
              shortDescription: { text: summary },
              fullDescription: { text: reason },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) =>
          result(
            finding,
            named.findIndex(({ id }) => id === finding.rule),
          ),
        ),
      },
    ],
  };
}

function result({ rule, severity, path, message, remedy, position }: Finding, ruleIndex: number): unknown {
  const place = filePosition(position);
  return {
    ruleId: rule,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: levels[severity],
    message: { text: `${path}: ${message}. Fix: ${remedy}.` },
    ...(place !== undefined && {
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uri(place.file) },
            region: { startLine: place.line, startColumn: place.column },
          },
        },
      ],
    }),
  };
}

// Relative paths stay relative to whatever the reader takes for the root.
function uri(file: string): string {
  const encoded = file.split("/").map(encodeURIComponent).join("/");
  return file.startsWith("/") ? `file://${encoded}` : encoded;
}
