import type { Result } from "../result.ts";
import type { Output } from "./output.ts";

/** Test Anything Protocol: https://github.com/yannh/kubeconform/blob/v0.7.0/pkg/output/tap.go */
export const tap: Output = {
  name: "tap",
  print: (results) => {
    const lines = results.map((result, index) => line(result, index + 1));
    return `${lines.length > 0 ? "TAP version 13\n" : ""}${lines.join("")}1..${lines.length}\n`;
  },
};

function line(result: Result, number: number): string {
  const { file, signature } = result;
  const { apiVersion, kind, namespace, name } = signature;
  const full = `${apiVersion}/${kind}/${namespace}/${name}`;
  switch (result.status) {
    case "valid":
      return `ok ${number} - ${file} (${full})\n`;
    case "invalid":
      return `not ok ${number} - ${file} (${full}): ${result.message}\n`;
    case "error":
      return `not ok ${number} - ${file}: ${result.message}\n`;
    case "skipped":
      return `ok ${number} - ${file} (${full}) # skip\n`;
    case "empty":
      break;
  }
  return `ok ${number} - ${file} (empty)\n`;
}
