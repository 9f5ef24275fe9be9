import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import type { BootstrapRole } from "../plan/plan.ts";
import type { Lines } from "../render/text.ts";
import type { NodeFacts } from "./facts.ts";

/**
 * Something that must hold on a machine before files are written to it. It stands here twice, for
 * `prepare` and for the node script, because the first hour must need nothing installed on the
 * servers; test/checks proves that both say the same.
 */
export interface NodeCheck {
  /** In kubeadm's style, such as `Interface`; names of problems begin with it. */
  readonly id: string;
  /** What must hold, in one sentence. */
  readonly summary: string;
  /** Why it matters, with the source. */
  readonly reason: string;
  /** Whether it asks the machine or the files below the root; what a machine lacks is a warning where the root is another one's. */
  readonly about: "machine" | "files";
  /** Whether it asks for what only a kubelet needs: machines for balancers alone have none. */
  readonly forKubelet?: true;
  /** The problems that `prepare` finds. */
  run(subject: CheckSubject): readonly NodeProblem[];
  /**
   * The body of a POSIX sh function that finds the same: it calls `problem error|warning NAME MESSAGE`
   * and reads the variables that `formats/script` sets before: root (empty for "/"), role, member and
   * prepared (`yes` or empty). It may return, and counts on `set -f` and LC_ALL=C. Empty where the
   * cluster needs no check.
   */
  shell(spec: ClusterSpec, node: NodeSpec): Lines;
}

/** The checks that concern a node. */
export function checksOf(node: NodeSpec, checks: readonly NodeCheck[]): readonly NodeCheck[] {
  return checks.filter(({ forKubelet }) => forKubelet !== true || node.role !== "load-balancer");
}

/** What is checked: a node of a cluster, and the machine that is to become it. */
export interface CheckSubject {
  readonly spec: ClusterSpec;
  readonly node: NodeSpec;
  readonly role: BootstrapRole;
  readonly facts: NodeFacts;
}

/** A problem in kubeadm's form: `[ERROR Port-8443]: message`. */
export interface NodeProblem {
  /** What --ignore-preflight-errors names, without regard to case. */
  readonly name: string;
  readonly severity: "error" | "warning";
  /** What was found and what to do, in one line. */
  readonly message: string;
}
