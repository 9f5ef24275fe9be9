import { type Finding, hasErrors, inOrder, type Position } from "../findings/finding.ts";
import { readYaml, type YamlDocument } from "../yaml/read.ts";
import { flagOverrides, type FlagValues } from "./flags.ts";
import { findDocument, isRecord, type KubeadmDocument, valueAt } from "./kubeadm-documents.ts";
import { normalize } from "./normalize.ts";
import type { Rule } from "./rule.ts";
import { configurationRules, draftRules } from "./rules/index.ts";
import { apiVersion, type HAConfiguration, kind } from "./schema.ts";
import { checkShape, pathText, type PathStep } from "./shape.ts";
import type { ClusterSpec } from "./spec.ts";

export interface SourceText {
  /** As findings name it. */
  readonly name: string;
  readonly text: string;
}

export interface ConfigurationInput {
  readonly file?: SourceText | undefined;
  readonly kubeadmFile?: SourceText | undefined;
  readonly flags?: FlagValues;
  /** Rules beyond those of the configuration itself: what kubeadm and the components ask. */
  readonly rules?: readonly Rule[];
}

export interface Resolution {
  /** Absent exactly when there are errors. */
  readonly spec?: ClusterSpec;
  readonly findings: readonly Finding[];
  /** What was written, flags included, for `config view`. */
  readonly configuration: HAConfiguration;
  /** Where a key's value comes from; undefined for defaults. */
  readonly origin: (key: string) => Position | undefined;
  /** Keys for which a flag replaced a different value of the file. */
  readonly overridden: readonly { readonly flag: string; readonly key: string }[];
}

/** From text and flags to a cluster without questions, or to everything that is wrong with it, at once. */
export function resolveConfiguration(input: ConfigurationInput): Resolution {
  const streams = [input.file, input.kubeadmFile]
    .filter((source) => source !== undefined)
    .map((source) => readYaml(source.name, source.text));
  const documents = streams.flatMap((stream) => stream.documents);
  const flags = flagOverrides(input.flags ?? {});
  const own = documents.filter((document) => isRecord(document.value) && document.value["kind"] === kind);
  const findings: Finding[] = [
    ...streams.flatMap((stream) => stream.findings),
    ...flags.findings,
    ...ownDocumentFindings(input, documents, own),
  ];
  const kubeadmDocuments = documents
    .filter((document) => document !== own[0])
    .flatMap((document) => foreignDocument(document, findings));

  const raw = isRecord(own[0]?.value) ? structuredClone(own[0].value as Record<string, unknown>) : { apiVersion, kind };
  const overridden = flags.overrides
    .filter(({ path, value }) => differs(readPath(raw, path), value))
    .map(({ flag, path }) => ({ flag, key: path.join(".") }));
  for (const override of flags.overrides) writePath(raw, override.path, override.value);
  const flagOf = (path: readonly PathStep[]): string | undefined =>
    flags.overrides.find((override) => override.path.every((step, index) => path[index] === step))?.flag;
  const locate = (path: readonly PathStep[], ofKey = false): Position | undefined => {
    const flag = flagOf(path);
    if (flag !== undefined) return { flag };
    return ofKey ? own[0]?.locateKey(path) : own[0]?.locate(path);
  };

  const shape = checkShape(raw);
  append(
    findings,
    shape.problems.map(({ finding, path, ofKey }) => ({
      ...finding,
      path: pathText(path),
      ...positionOf(locate(path, ofKey)),
    })),
  );
  const { spec, problems } = normalize({
    configuration: shape.configuration,
    nodeIndices: shape.nodeIndices,
    kubeadmDocuments,
    flags: input.flags ?? {},
  });
  let broken = errorPaths(findings);
  // What follows from a value that is already reported as wrong is noise.
  const report = (problem: Omit<Finding, "position"> & { readonly position?: Position }): readonly Finding[] =>
    problem.position === undefined && broken.some((path) => sameSubtree(path, problem.path))
      ? []
      : [{ ...problem, ...positionOf(problem.position ?? locate(pathSteps(problem.path))) }];
  const nodePath = (position: number): string => `nodes[${shape.nodeIndices[position] ?? position}]`;
  append(findings, problems.flatMap(report));
  append(
    findings,
    draftRules.flatMap((rule) =>
      rule
        .check(shape.configuration, nodePath)
        .flatMap((problem) => report({ ...problem, rule: rule.id, reason: rule.reason })),
    ),
  );
  broken = errorPaths(findings);
  const rules = [...configurationRules, ...(input.rules ?? [])];
  append(
    findings,
    rules.flatMap((rule) =>
      rule.check(spec).flatMap((problem) => report({ ...problem, rule: rule.id, reason: rule.reason })),
    ),
  );

  const origin = (key: string): Position | undefined =>
    readPath(raw, pathSteps(key)) === undefined ? kubeadmOrigin(kubeadmDocuments, key) : locate(pathSteps(key));
  // Of a file that could not be read nothing else is known.
  const unread = streams.flatMap((stream) => stream.findings);
  const all = inOrder(unread.length > 0 ? unread : findings);
  const result = { findings: all, configuration: shape.configuration, origin, overridden };
  return hasErrors(all) ? result : { ...result, spec };
}

function errorPaths(findings: readonly Finding[]): readonly string[] {
  return findings.filter((finding) => finding.severity === "error").map((finding) => finding.path);
}

// push(...list) ends with a RangeError from 120,000 items on.
function append(findings: Finding[], more: readonly Finding[]): void {
  for (const finding of more) findings.push(finding);
}

function ownDocumentFindings(
  input: ConfigurationInput,
  documents: readonly YamlDocument[],
  own: readonly YamlDocument[],
): readonly Finding[] {
  const base = { severity: "error" as const, path: "(file)" };
  const name = input.file?.name;
  if (own.length > 1) {
    const again = own.slice(1).map((document) => document.locate([]));
    return again.map((position) => ({
      ...base,
      rule: "duplicate-document",
      position,
      message: `a second ${kind}`,
      remedy: "keep one",
    }));
  }
  if (own.length > 0 || name === undefined || (documents.length === 0 && input.file?.text.trim() !== "")) return [];
  const message = `has no document of kind ${kind}`;
  const remedy = `begin it with apiVersion: ${apiVersion} and kind: ${kind}; kubeadm-ha config print makes a starter`;
  return [
    {
      ...base,
      rule: "no-configuration",
      position: { file: name, line: 1, column: 1 },
      message,
      remedy,
    },
  ];
}

function foreignDocument(source: YamlDocument, findings: Finding[]): readonly KubeadmDocument[] {
  const value = source.value;
  if (isRecord(value) && value["kind"] === kind) return [];
  if (isRecord(value) && typeof value["apiVersion"] === "string" && typeof value["kind"] === "string")
    return [{ apiVersion: value["apiVersion"], kind: value["kind"], source }];
  const remedy = "give it apiVersion and kind, as kubeadm asks of every document";
  findings.push({
    rule: "document-kind",
    severity: "error",
    path: "(file)",
    position: source.locate([]),
    message: "a document without apiVersion and kind",
    remedy,
  });
  return [];
}

// Two of our keys may stand in kubeadm's own documents instead.
function kubeadmOrigin(documents: readonly KubeadmDocument[], key: string): Position | undefined {
  if (key !== "kubernetesVersion" && key !== "controlPlaneEndpoint") return undefined;
  const cluster = findDocument(documents, "ClusterConfiguration");
  return valueAt(cluster, [key]) === undefined ? undefined : cluster?.source.locate([key]);
}

function positionOf(position: Position | undefined): { readonly position?: Position } {
  return position === undefined ? {} : { position };
}

function sameSubtree(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || a.startsWith(`${b}[`) || b.startsWith(`${a}.`) || b.startsWith(`${a}[`);
}

function pathSteps(path: string): readonly PathStep[] {
  return path
    .split(/[.[\]]+/)
    .filter((step) => step !== "")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function readPath(root: unknown, path: readonly PathStep[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (isRecord(value) || Array.isArray(value) ? (value as Record<PathStep, unknown>)[step] : undefined),
    root,
  );
}

function writePath(root: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  if (rest.length === 0) {
    root[first] = value;
    return;
  }
  const existing = root[first];
  const next: Record<string, unknown> = isRecord(existing) ? { ...existing } : {};
  root[first] = next;
  writePath(next, rest, value);
}

function differs(existing: unknown, value: unknown): boolean {
  return existing !== undefined && JSON.stringify(existing) !== JSON.stringify(value);
}
