import type { Result } from "../result.ts";

/** How results are to be shown. */
export interface OutputOptions {
  readonly withSummary: boolean;
  readonly verbose: boolean;
  /** Whether they are those of standard input. */
  readonly isInput: boolean;
}

/** A shape of the answer, as kubeconform's users read it by eye or by program. */
export interface Output {
  readonly name: string;
  print(results: readonly Result[], options: OutputOptions): string;
}
