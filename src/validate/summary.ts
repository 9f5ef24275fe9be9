import type { Finding } from "../findings/finding.ts";
import { summarize } from "../findings/text.ts";

/** What is told about a run besides its findings. */
export interface Told {
  readonly files: readonly { readonly recognized: string }[];
  /** How many files were left out, by reason. */
  readonly skipped: ReadonlyMap<string, number>;
  readonly suppressed: number;
  /** Which release was taken for the files, if nobody said one. */
  readonly release: string | undefined;
}

/** The lines that a run ends with on stderr. */
export function summaryLines(
  { files, skipped, suppressed, release }: Told,
  findings: readonly Finding[],
): readonly string[] {
  const kinds = new Map<string, number>();
  for (const { recognized } of files) kinds.set(recognized, (kinds.get(recognized) ?? 0) + 1);
  const counted = (map: ReadonlyMap<string, number>): string =>
    [...map].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`)).join(", ");
  return [
    ...(kinds.size > 0 ? [`recognized: ${counted(kinds)}`] : []),
    ...(skipped.size > 0 ? [`left out: ${counted(skipped)}`] : []),
    ...(release === undefined ? [] : [release]),
    ...(suppressed > 0 ? [`${suppressed} suppressed by comments`] : []),
    `${files.length} file${files.length === 1 ? "" : "s"}: ${findings.length === 0 ? "nothing to mend" : summarize(findings)}`,
  ].map((line) => `[validate] ${line}\n`);
}
