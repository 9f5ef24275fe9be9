/** What a resource is called; texts that are not there are empty. */
export interface Signature {
  readonly kind: string;
  readonly apiVersion: string;
  readonly namespace: string;
  readonly name: string;
}

/** A mistake at a place of a resource. */
export interface ValidationError {
  /** Such as /spec/containers/0. */
  readonly path: string;
  readonly msg: string;
}

interface AboutResource {
  /** The path of its file, or "stdin". */
  readonly file: string;
  readonly signature: Signature;
}

/** What is to be said of a resource. */
export type Result = AboutResource &
  (
    | { readonly status: "valid" | "skipped" | "empty" }
    | { readonly status: "error"; readonly message: string }
    | { readonly status: "invalid"; readonly message: string; readonly errors: readonly ValidationError[] }
  );

/** Whether a result makes the answer no. */
export function isBad({ status }: Result): boolean {
  return status === "error" || status === "invalid";
}

/** How many results have each status. */
export function countsOf(results: readonly Result[]): Readonly<Record<Result["status"], number>> {
  const counts = { valid: 0, invalid: 0, error: 0, skipped: 0, empty: 0 };
  for (const { status } of results) counts[status]++;
  return counts;
}
