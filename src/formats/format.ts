import type { ClusterSpec } from "../config/spec.ts";
import type { Facts } from "../plan/facts.ts";
import type { BootstrapRole, FactName, Plan } from "../plan/plan.ts";

/** One way to hand a plan over. */
export interface Format {
  readonly name: FormatName;
  readonly summary: string;
  /** What `render` writes or prints; pure. */
  produce(plan: Plan, input: FormatInput): FormatOutput;
}

export const formatNames = ["files", "json", "script"] as const;
export type FormatName = (typeof formatNames)[number];

export interface FormatInput {
  readonly spec: ClusterSpec;
  /** Version of this program. */
  readonly product: string;
  /** The facts known of a node. */
  facts(node: string, role: BootstrapRole): Facts;
}

export interface FormatOutput {
  readonly files: readonly OutputFile[];
  /** Files left out because a fact is not known. */
  readonly incomplete: readonly IncompleteFile[];
}

export interface OutputFile {
  /** Below the output directory, with forward slashes. */
  readonly path: string;
  /** On the node; absent for what belongs to no node. */
  readonly node?: string;
  readonly mode: number;
  readonly text: string;
}

export interface IncompleteFile {
  readonly node: string;
  readonly path: string;
  readonly missing: readonly FactName[];
}
