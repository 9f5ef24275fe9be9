import type { Finding } from "../finding.ts";
import { filePosition, type Report, type ReportFormat } from "../report.ts";

/** A test case for each file; one with an error or a warning has failed. */
export const junitReport: ReportFormat = {
  name: "junit",
  summary: "JUnit XML, a test case for each file",
  print: (report) => {
    const cases = casesOf(report);
    const failed = cases.filter(({ findings }) => findings.some(isFailure)).length;
    const counts = `tests="${cases.length}" failures="${failed}" errors="0"`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kubeadm-ha validate" ${counts}>\n  <testsuite name="kubeadm-ha validate" ${counts} skipped="0">\n${cases.map(testCase).join("")}  </testsuite>\n</testsuites>\n`;
  },
};

interface Case {
  readonly name: string;
  readonly findings: readonly Finding[];
}

function casesOf({ files, findings }: Report): readonly Case[] {
  const names = [...files.map(({ file }) => file), ...findings.map(fileOf)];
  return [...new Set(names)].map((name) => ({
    name,
    findings: findings.filter((finding) => fileOf(finding) === name),
  }));
}

function fileOf({ position }: Finding): string {
  return filePosition(position)?.file ?? "(configuration)";
}

function isFailure({ severity }: Finding): boolean {
  return severity !== "info";
}

function testCase({ name, findings }: Case): string {
  const open = `    <testcase name="${escape(name)}" classname="validate"`;
  if (findings.length === 0) return `${open}/>\n`;
  const failures = findings.filter(isFailure);
  const notes = findings.filter((finding) => !isFailure(finding)).map(line);
  // One element: several failures in a test case are read by few programs.
  const [first] = failures;
  const failure =
    first === undefined
      ? ""
      : `      <failure type="${escape(first.rule)}" message="${escape(first.message)}">${escape(failures.map(line).join("\n"))}</failure>\n`;
  const output = notes.length === 0 ? "" : `      <system-out>${escape(notes.join("\n"))}</system-out>\n`;
  return `${open}>\n${failure}${output}    </testcase>\n`;
}

function line({ rule, severity, path, message, remedy, position }: Finding): string {
  const place = filePosition(position);
  return `${place === undefined ? "" : `${place.line}:${place.column} `}${severity} ${rule} ${path}: ${message}; fix: ${remedy}`;
}

// XML 1.0 has no way at all to write most control characters.
function escape(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
