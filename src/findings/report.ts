import type { Finding, FilePosition, Position } from "./finding.ts";

/** What a validation came to. */
export interface Report {
  /** In the order of their places. */
  readonly findings: readonly Finding[];
  /** Every file that was judged, with what it was taken for. */
  readonly files: readonly { readonly file: string; readonly recognized: string }[];
  /** How many files were left out, by reason. */
  readonly skipped: ReadonlyMap<string, number>;
  /** The texts by file, for showing lines. */
  readonly texts: ReadonlyMap<string, string>;
  /** Every rule that a finding can name. */
  readonly rules: readonly ReportRule[];
  /** Version of this program. */
  readonly product: string;
}

/** What is known of a rule. */
export interface ReportRule {
  readonly id: string;
  readonly summary: string;
  readonly reason: string;
}

/** One way to tell findings; pure. */
export interface ReportFormat {
  readonly name: ReportFormatName;
  readonly summary: string;
  print(report: Report, style: { readonly colour: boolean }): string;
}

export const reportFormatNames = ["text", "json", "junit", "sarif", "github"] as const;
export type ReportFormatName = (typeof reportFormatNames)[number];

/** The place in a file; a flag's findings stand nowhere. */
export function filePosition(position: Position | undefined): FilePosition | undefined {
  return position !== undefined && "file" in position ? position : undefined;
}
