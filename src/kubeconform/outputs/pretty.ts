import type { Result } from "../result.ts";
import type { Output } from "./output.ts";
import { summary } from "./summary.ts";

/** The same as text in colours, also where no terminal is: https://github.com/yannh/kubeconform/blob/v0.7.0/pkg/output/pretty.go */
export const pretty: Output = {
  name: "pretty",
  print: (results, options) =>
    results.map((result) => line(result, options.verbose)).join("") + summary(results, options),
};

const reset = "\u001b[0m";
const red = "\u001b[31m";
const green = "\u001b[32m";
const yellow = "\u001b[33m";

function line(result: Result, verbose: boolean): string {
  const { file, signature } = result;
  const { kind, name } = signature;
  switch (result.status) {
    case "valid":
      return verbose ? marked({ mark: "\u2714", colour: green, file }, `${kind} ${name} is valid`) : "";
    case "skipped":
      return verbose ? marked({ mark: "-", colour: yellow, file }, `${skippedName(kind, name)}skipped`) : "";
    case "invalid":
      return marked({ mark: "\u2716", colour: red, file }, `${kind} ${name} is invalid: ${result.message}`);
    case "error": {
      // The name stands there in either case.
      const who = kind !== "" && name !== "" ? `${kind} ` : "";
      return marked({ mark: "\u2716", colour: red, file }, `${who}failed validation: ${name} ${result.message}`);
    }
    case "empty":
      break;
  }
  return "";
}

function skippedName(kind: string, name: string): string {
  if (kind === "") return "";
  return name === "" ? `${kind} ` : `${kind} ${name} `;
}

function marked(
  { mark, colour, file }: { readonly mark: string; readonly colour: string; readonly file: string },
  words: string,
): string {
  return `${colour}${mark}${reset} ${file}: ${colour}${words}${reset}\n`;
}
