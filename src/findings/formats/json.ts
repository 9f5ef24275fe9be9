import { filePosition, type Report, type ReportFormat } from "../report.ts";

/** For programs. Fields are only ever added. */
export const jsonReport: ReportFormat = {
  name: "json",
  summary: "one JSON object: findings, files, skipped, summary",
  print: (report) => `${JSON.stringify(describe(report), null, 2)}\n`,
};

function describe({ findings, files, skipped }: Report): unknown {
  const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
  return {
    kind: "ValidationReport",
    summary: { files: files.length, errors: count("error"), warnings: count("warning"), notes: count("info") },
    findings: findings.map(({ rule, severity, path, message, reason, remedy, position }) => {
      const place = filePosition(position);
      return {
        rule,
        severity,
        ...(place === undefined ? {} : { file: place.file, line: place.line, column: place.column }),
        ...(position !== undefined && "flag" in position ? { flag: position.flag } : {}),
        path,
        message,
        ...(reason === undefined ? {} : { reason }),
        remedy,
      };
    }),
    files: files.map(({ file, recognized }) => ({ file, recognized })),
    skipped: Object.fromEntries(skipped),
  };
}
