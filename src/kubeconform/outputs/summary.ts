import { countsOf, type Result } from "../result.ts";
import type { OutputOptions } from "./output.ts";

/** The last line of -summary: https://github.com/yannh/kubeconform/blob/v0.7.0/pkg/output/text.go */
export function summary(results: readonly Result[], { withSummary, isInput }: OutputOptions): string {
  if (!withSummary) return "";
  const { valid, invalid, error, skipped } = countsOf(results);
  const files = new Set(results.map(({ file }) => file)).size;
  const place = isInput ? "found parsing stdin" : `found in ${counted(files, "file")}`;
  const found = counted(valid + invalid + error + skipped, "resource");
  return `Summary: ${found} ${place} - Valid: ${valid}, Invalid: ${invalid}, Errors: ${error}, Skipped: ${skipped}\n`;
}

// None is singular there.
function counted(count: number, what: string): string {
  return `${count} ${what}${count > 1 ? "s" : ""}`;
}
