import { parse, parseAllDocuments } from "yaml";

import type { FlagValues } from "../../src/config/flags.ts";
import { resolveConfiguration } from "../../src/config/resolve.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { kubeadmRules } from "../../src/kubeadm/rules.ts";
import { fillFile } from "../../src/plan/facts.ts";
import { makePlan } from "../../src/plan/make-plan.ts";
import type { BootstrapRole, Plan } from "../../src/plan/plan.ts";

interface Input {
  readonly stack?: string;
  readonly version?: string;
  readonly vip?: string;
  readonly nodes?: readonly string[];
  readonly flags?: FlagValues;
  /** Lines added to ha.yaml. */
  readonly more?: string;
  /** kubeadm's own documents. */
  readonly kubeadm?: string;
}

/** Secrets that look real and are none. */
export const fakeFacts = {
  joinToken: "abcdef.0123456789abcdef",
  caCertHashes: `sha256:${"a".repeat(64)}`,
  certificateKey: "b".repeat(64),
};

/** What the product says to an input: findings, and the plan if there is no error. */
export function cluster(input: Input): { readonly findings: readonly Finding[]; readonly plan: Plan | undefined } {
  const {
    stack = "kube-vip",
    version = "v1.36.3",
    vip = "10.0.0.10",
    nodes = ["cp1=10.0.0.11", "cp2=10.0.0.12", "cp3=10.0.0.13"],
  } = input;
  const flags = { stack, kubernetesVersion: version, vip, interface: "eth0", node: nodes, ...input.flags };
  const file =
    input.more === undefined
      ? undefined
      : { name: "ha.yaml", text: `apiVersion: kubeadm-ha.io/v1alpha1\nkind: HAConfiguration\n${input.more}` };
  const kubeadmFile = input.kubeadm === undefined ? undefined : { name: "kubeadm.yaml", text: input.kubeadm };
  const { spec, findings } = resolveConfiguration({ file, kubeadmFile, flags, rules: kubeadmRules });
  return { findings, plan: spec && makePlan(spec) };
}

/** A file as the node gets it in a role. */
export function fileOf(
  input: Input,
  path: string,
  [node, role]: readonly [string, BootstrapRole] = ["cp1", "init"],
): string {
  const { plan, findings } = cluster(input);
  const file = plan?.nodes.find(({ name }) => name === node)?.files.find((candidate) => candidate.path === path);
  const filled = file && fillFile(file, { role, facts: fakeFacts });
  if (filled?.state !== "complete") throw new Error(`no ${path} on ${node}: ${JSON.stringify(findings)}`);
  return filled.text;
}

/** kubeadm's documents of a node by kind. */
export function kubeadmDocuments(input: Input, place: readonly [string, BootstrapRole] = ["cp1", "init"]): unknown {
  const documents = parseAllDocuments(fileOf(input, "/etc/kubeadm-ha/kubeadm.yaml", place));
  return Object.fromEntries(documents.map((document) => [(document.toJS() as { kind: string }).kind, document.toJS()]));
}

/** kube-vip's container and volumes. */
export function kubeVipPod(input: Input, place: readonly [string, BootstrapRole] = ["cp1", "init"]): unknown {
  return parse(fileOf(input, "/etc/kubernetes/manifests/kube-vip.yaml", place)) as unknown;
}

/** Environment of kube-vip by name. */
export function kubeVipEnvironment(input: Input): Readonly<Record<string, unknown>> {
  const list = at(kubeVipPod(input), "spec.containers.0.env") as {
    name: string;
    value?: string;
    valueFrom?: unknown;
  }[];
  expectUnique(list.map(({ name }) => name));
  return Object.fromEntries(list.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}

/** The rules of the errors of an input. */
export function errors(input: Input): readonly string[] {
  return cluster(input)
    .findings.filter(({ severity }) => severity === "error")
    .map(({ rule }) => rule);
}

/** Messages with remedies, for looking a hint up. */
export function told(input: Input): string {
  return cluster(input)
    .findings.map(({ severity, message, remedy }) => `${severity}: ${message}; ${remedy}`)
    .join("\n");
}

function expectUnique(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`${twice} is set twice`);
}

/** The value at a path such as `spec.volumes.0.hostPath.path`. */
export function at(root: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], root);
}
