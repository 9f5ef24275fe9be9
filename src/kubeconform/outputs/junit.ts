import { countsOf, type Result } from "../result.ts";
import type { Output } from "./output.ts";

/** A suite for each file, without times: https://github.com/yannh/kubeconform/blob/v0.7.0/pkg/output/junit.go */
export const junit: Output = {
  name: "junit",
  print: (results) => {
    const files = new Map<string, Result[]>();
    for (const result of results) {
      const suite = files.get(result.file) ?? [];
      files.set(result.file, suite);
      if (result.status !== "empty") suite.push(result);
    }
    const counts = `tests="${results.filter(({ status }) => status !== "empty").length}" ${countsText(results)}`;
    const suites = [...files].map(([file, cases], index) => suite(file, cases, index + 1)).join("");
    return `<testsuites name="kubeconform" time="0" ${counts}>${suites}${suites === "" ? "" : "\n"}</testsuites>\n`;
  },
};

function countsText(results: readonly Result[]): string {
  const { invalid, error, skipped } = countsOf(results);
  return `failures="${invalid}" disabled="${skipped}" errors="${error}"`;
}

function suite(file: string, cases: readonly Result[], id: number): string {
  const { invalid, error, skipped } = countsOf(cases);
  const counts = `tests="${cases.length}" failures="${invalid}" errors="${error}" disabled="0" skipped="${skipped}"`;
  const list = cases.map(testCase).join("");
  return `\n  <testsuite name="${escape(file)}" id="${id}" ${counts}>${list}${list === "" ? "" : "\n  "}</testsuite>`;
}

function testCase(result: Result): string {
  const { kind, apiVersion, namespace, name } = result.signature;
  const full = namespace === "" ? name : `${namespace}/${name}`;
  const open = `\n    <testcase name="${escape(full)}" classname="${escape(`${kind}@${apiVersion}`)}" time="0">`;
  const inner = outcome(result);
  return `${open}${inner === "" ? "" : `\n      ${inner}\n    `}</testcase>`;
}

function outcome(result: Result): string {
  switch (result.status) {
    case "skipped":
      return `<skipped message=""></skipped>`;
    case "error":
      return `<error message="${escape(result.message)}" type=""></error>`;
    case "invalid":
      return `<failure message="${escape(result.message)}" type=""></failure>`;
    case "valid":
    case "empty":
      break;
  }
  return "";
}

// As Go writes attributes: https://pkg.go.dev/encoding/xml#EscapeText
function escape(text: string): string {
  return text.replaceAll(
    /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[&<>"'\t\n\r]/gu,
    (character) => escapes[character as keyof typeof escapes] ?? "\ufffd",
  );
}

const escapes = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
} as const satisfies Readonly<Record<string, string>>;
