import type { Result } from "../result.ts";
import type { Output } from "./output.ts";
import { summary } from "./summary.ts";

/** A line for each resource that is wrong: https://github.com/yannh/kubeconform/blob/v0.7.0/pkg/output/text.go */
export const text: Output = {
  name: "text",
  print: (results, options) =>
    results.map((result) => line(result, options.verbose)).join("") + summary(results, options),
};

function line(result: Result, verbose: boolean): string {
  const { file, signature } = result;
  const { kind, name } = signature;
  switch (result.status) {
    case "valid":
      return verbose ? `${file} - ${kind} ${name} is valid\n` : "";
    case "skipped":
      // The other way round there, too.
      return verbose ? `${file} - ${name} ${kind} skipped\n` : "";
    case "invalid":
      return `${file} - ${kind} ${name} is invalid: ${result.message}\n`;
    case "error":
      return `${file} - ${kind !== "" && name !== "" ? `${kind} ${name} ` : ""}failed validation: ${result.message}\n`;
    case "empty":
      break;
  }
  return "";
}
