/** How bad a finding is: only errors stop anything. */
export type Severity = "error" | "warning" | "info";

/** A place in a text file; lines and columns count from 1. */
export interface FilePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a value came from: a place in a file, or a flag of the command line. */
export type Position = FilePosition | { readonly flag: string };

/** One problem: where it is, what was found, why it matters, and the change that mends it. */
export interface Finding {
  /** Stable identifier in kebab case, documented by `kubeadm-ha explain`. */
  readonly rule: string;
  readonly severity: Severity;
  /** The configuration key in question, such as `virtualIP.addresses[0]`. */
  readonly path: string;
  /** One clause with the values found. */
  readonly message: string;
  readonly reason?: string;
  readonly remedy: string;
  readonly position?: Position;
}

/** Whether any of the findings is an error. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}

/** Findings in the order of their places; what has no place comes last. Duplicates are dropped. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const unique = new Map(
    findings.map((finding) => [
      JSON.stringify([finding.rule, finding.path, finding.message, finding.position]),
      finding,
    ]),
  );
  return [...unique.values()].toSorted(compareFindings);
}

function compareFindings(a: Finding, b: Finding): number {
  return comparePositions(a.position, b.position) || compareText(a.path, b.path) || compareText(a.rule, b.rule);
}

function comparePositions(a: Position | undefined, b: Position | undefined): number {
  const [fileA, lineA, columnA] = positionKey(a);
  const [fileB, lineB, columnB] = positionKey(b);
  return compareText(fileA, fileB) || lineA - lineB || columnA - columnB;
}

function positionKey(position: Position | undefined): readonly [string, number, number] {
  if (position === undefined) return ["\u{10ffff}", 0, 0];
  if ("flag" in position) return [`\u{10fffe}${position.flag}`, 0, 0];
  return [position.file, position.line, position.column];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
