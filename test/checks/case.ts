import type { CheckSubject, NodeProblem } from "../../src/checks/check.ts";
import type { NodeFacts } from "../../src/checks/facts.ts";
import type { ClusterSpec, NodeSpec } from "../../src/config/spec.ts";
import type { BootstrapRole } from "../../src/plan/plan.ts";
import { cluster, firstNode } from "../components/cluster.ts";
import { machine } from "./machine.ts";

/** A machine, and what one check says of it: `SEVERITY NAME some words of the message`. */
export type Case = readonly [
  what: string,
  facts: Partial<NodeFacts>,
  expected: readonly string[],
  more?: { readonly spec?: ClusterSpec; readonly node?: Partial<NodeSpec>; readonly role?: BootstrapRole },
];

/** The cases of each check, by its id: some in which it finds something and some in which it is silent. */
export type Cases = Readonly<Record<string, readonly Case[]>>;

/** What the check is asked in a case. */
export function subjectOf([, facts, , { spec = cluster(), node = {}, role = "init" } = {}]: Case): CheckSubject {
  const changed = { ...firstNode(spec), ...node };
  return {
    spec: { ...spec, nodes: spec.nodes.map((other) => (other === spec.nodes[0] ? changed : other)) },
    node: changed,
    role,
    facts: machine(facts),
  };
}

/** A problem in one line. */
export function lineOf({ severity, name, message }: NodeProblem): string {
  return `${severity} ${name} ${message}`;
}

/** Whether a line is the expected one. */
export function isExpected(line: string, expected: string): boolean {
  const [severity = "", name = "", ...words] = expected.split(" ");
  const head = `${severity} ${name} `;
  return line.startsWith(head) && line.slice(head.length).includes(words.join(" "));
}

export const worker = { node: { role: "worker", rank: undefined } } as const;
