import { countsOf, type Result } from "../result.ts";
import type { Output } from "./output.ts";

/** One object with every resource that is wrong: https://github.com/yannh/kubeconform/blob/v0.7.0/pkg/output/json.go */
export const json: Output = {
  name: "json",
  print: (results, { withSummary, verbose }) => {
    const shown = results.filter(({ status }) => verbose || status === "invalid" || status === "error");
    const { valid, invalid, error: errors, skipped } = countsOf(results);
    const object = {
      resources: shown.map(describe),
      ...(withSummary && { summary: { valid, invalid, errors, skipped } }),
    };
    return `${asGoWrites(JSON.stringify(object, null, 2))}\n`;
  },
};

const statuses = {
  valid: "statusValid",
  invalid: "statusInvalid",
  error: "statusError",
  skipped: "statusSkipped",
  empty: "",
} as const satisfies Readonly<Record<Result["status"], string>>;

function describe(result: Result): unknown {
  const { file, signature } = result;
  return {
    filename: file,
    kind: signature.kind,
    name: signature.name,
    version: signature.apiVersion,
    status: statuses[result.status],
    msg: "message" in result ? result.message : "",
    ...("errors" in result && { validationErrors: result.errors }),
  };
}

// https://pkg.go.dev/encoding/json#Marshal
function asGoWrites(text: string): string {
  return text.replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
