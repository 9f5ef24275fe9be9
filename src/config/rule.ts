import type { Position, Severity } from "../findings/finding.ts";
import type { HAConfiguration } from "./schema.ts";
import type { ClusterSpec } from "./spec.ts";

/** A property every configuration must have, or had better have. */
export interface Rule {
  /** Kebab case, stable: people ignore and look up rules by it. */
  readonly id: string;
  /** What must hold, in one sentence. */
  readonly summary: string;
  /** Why it matters, with the source. */
  readonly reason: string;
  check(spec: ClusterSpec): readonly Problem[];
}

/** A rule about what was written, before defaults and before what is not built is left out. */
export type DraftRule = Omit<Rule, "check"> & {
  /** `nodePath` tells where the node at a position of `nodes` stands in the file. */
  check(configuration: HAConfiguration, nodePath: (position: number) => string): readonly Problem[];
};

/** What a rule found; the rule's id and reason are added by who runs it. */
export interface Problem {
  readonly severity: Severity;
  /** Configuration key such as `nodes[1].name`; its place in the file is looked up unless `position` is given. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
  readonly position?: Position;
}
