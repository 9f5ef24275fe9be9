import * as v from "valibot";

import type { Finding } from "../findings/finding.ts";
import { nearest } from "./did-you-mean.ts";
import { isRecord, type PathStep, pathText, readPath } from "./paths.ts";
import { apiVersion, configurationSchema, type HAConfiguration, kind } from "./schema.ts";
import { entriesOf, itemOf } from "./schema-keys.ts";
import { readComplaint } from "./values.ts";

/** A problem of the configuration's shape; `ofKey` when the key itself is wrong, not its value. */
export interface ShapeProblem {
  readonly finding: Omit<Finding, "position" | "path">;
  readonly path: readonly PathStep[];
  readonly ofKey: boolean;
}

/**
 * Checks the shape and drops what is wrong, so that everything else can still be checked: a user
 * sees all problems at once.
 */
export function checkShape(raw: Record<string, unknown>): CheckedShape {
  const problems: ShapeProblem[] = unknownKeys(configurationSchema, raw, []);
  for (const problem of problems) drop(raw, problem.path);
  const indices = Array.isArray(raw["nodes"]) ? raw["nodes"].map((_, index) => index) : [];
  let kept: readonly number[] = indices;
  // Dropping a bad value can make its parent bad (a node without a name), hence more than one round.
  for (let round = 0; round < 8; round++) {
    const result = v.safeParse(configurationSchema, raw);
    if (result.success) return { configuration: result.output, problems, nodeIndices: kept };
    const found = result.issues.map((issue) => shapeProblem(issue, round));
    for (const problem of found)
      if (problem !== undefined) problems.push({ ...problem, path: originalPath(problem.path, kept) });
    for (const issue of result.issues) drop(raw, wrongPart(issue));
    Object.assign(raw, { apiVersion, kind });
    kept = keepUsableNodes(raw, kept);
  }
  throw new Error("a configuration whose wrong parts were dropped is still wrong");
}

interface CheckedShape {
  readonly configuration: HAConfiguration;
  readonly problems: readonly ShapeProblem[];
  /** Where each remaining node stood in the file. */
  readonly nodeIndices: readonly number[];
}

function unknownKeys(schema: v.GenericSchema, value: unknown, path: readonly PathStep[]): ShapeProblem[] {
  const item = itemOf(schema);
  if (item !== undefined)
    return Array.isArray(value) ? value.flatMap((entry, index) => unknownKeys(item, entry, [...path, index])) : [];
  const entries = entriesOf(schema);
  if (entries === undefined || !isRecord(value)) return [];
  return Object.keys(value).flatMap((name) => {
    const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
    return entry === undefined
      ? [unknownKey(name, Object.keys(entries), path)]
      : unknownKeys(entry, value[name], [...path, name]);
  });
}

function unknownKey(name: string, known: readonly string[], path: readonly PathStep[]): ShapeProblem {
  const meant = nearest(name, known);
  const where = path.length === 0 ? "HAConfiguration" : pathText(path);
  const remedy = meant === undefined ? `${where} has the keys ${known.join(", ")}` : `did you mean ${meant}?`;
  return {
    finding: {
      rule: "unknown-key",
      severity: "error",
      message: `"${name}" is no key of ${where}`,
      remedy,
    },
    path: [...path, name],
    ofKey: true,
  };
}

type Issue = v.InferIssue<typeof configurationSchema>;

function shapeProblem(issue: Issue, round: number): ShapeProblem | undefined {
  const path = issuePath(issue);
  const missing = issue.input === undefined;
  // A value that went missing because it was dropped has been reported already.
  if (missing && round > 0) return undefined;
  const complaint = readComplaint(issue.message);
  if (complaint !== undefined) {
    return {
      finding: {
        ...complaint,
        severity: "error",
        message: `${quoted(issue.input)} ${complaint.message}`,
      },
      path,
      ofKey: false,
    };
  }
  const finding = {
    rule: missing ? "missing-key" : "value-type",
    severity: "error" as const,
    message: typeMessage(issue),
    remedy: typeRemedy(issue),
  };
  return { finding, path, ofKey: false };
}

function typeMessage(issue: Issue): string {
  if (issue.input === undefined) return "is missing";
  if (issue.kind === "validation") return `${quoted(issue.input)} ${issue.message}`;
  const words = wordsExpected(issue);
  if (words.length > 0 && typeof issue.input === "string")
    return `${quoted(issue.input)} is not one of ${words.join(", ")}`;
  return `${quoted(issue.input)} is ${nounOf(issue.input)}, not ${nounExpected(issue, words)}`;
}

function typeRemedy(issue: Issue): string {
  const words = wordsExpected(issue);
  if (issue.expected === "string" && typeof issue.input === "number") return textRemedy(issuePath(issue).at(-1));
  const meant = typeof issue.input === "string" ? nearest(issue.input, words) : undefined;
  if (meant !== undefined) return `did you mean ${meant}?`;
  if (words.length > 0) return `write ${words.join(" or ")}`;
  return `write ${nounExpected(issue, words)}`;
}

function textRemedy(name: PathStep | undefined): string {
  if (name === "kubernetesVersion") return 'write the whole release in quotes, such as "v1.36.3"';
  return /(Interval|Timeout|Duration|Deadline|Period)$/.test(String(name))
    ? "write it with its unit, such as 15s"
    : "put it in quotes";
}

// valibot shows a choice as `("a" | "b")` and a literal as `"a"`.
function wordsExpected(issue: Issue): readonly string[] {
  return [...(issue.expected ?? "").matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word);
}

function nounExpected(issue: Issue, words: readonly string[]): string {
  if (words.length > 0) return `one of ${words.join(", ")}`;
  const nouns: Readonly<Record<string, string>> = {
    Object: "a map",
    Array: "a list",
    string: "a text",
    number: "a number",
    boolean: "true or false",
  };
  return nouns[issue.expected ?? ""] ?? "what is expected here";
}

function nounOf(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (isRecord(value)) return "a map";
  return typeof value === "string" ? "a text" : `a ${typeof value}`;
}

function quoted(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function issuePath(issue: Issue): readonly PathStep[] {
  return (issue.path ?? []).map((item) => (typeof item.key === "number" ? item.key : String(item.key)));
}

// What lacks a key goes as a whole, since nothing can be put in; nodes are looked through apart.
function wrongPart(issue: Issue): readonly PathStep[] {
  const path = issuePath(issue);
  return issue.input === undefined && path.length > 1 && path[0] !== "nodes" ? path.slice(0, -1) : path;
}

function drop(root: Record<string, unknown>, path: readonly PathStep[]): void {
  const target = dropTarget(path);
  const parent = readPath(root, target.slice(0, -1));
  const last = target.at(-1);
  if (Array.isArray(parent) && typeof last === "number") parent[last] = undefined;
  else if (isRecord(parent) && last !== undefined) Reflect.deleteProperty(parent, last);
}

// A list of which one item is wrong goes as a whole: half a list would make other rules tell untruths.
// Nodes stand for themselves.
function dropTarget(path: readonly PathStep[]): readonly PathStep[] {
  const item = path.findLastIndex((step) => typeof step === "number");
  const isNode = path[0] === "nodes" && item === 1;
  return item < 0 || isNode ? path : path.slice(0, item);
}

function keepUsableNodes(root: Record<string, unknown>, indices: readonly number[]): readonly number[] {
  const nodes = root["nodes"];
  if (!Array.isArray(nodes)) return [];
  const usable = (node: unknown): boolean =>
    isRecord(node) && node["name"] !== undefined && Array.isArray(node["addresses"]);
  root["nodes"] = nodes.filter(usable);
  return indices.filter((_, position) => usable(nodes[position]));
}

function originalPath(path: readonly PathStep[], indices: readonly number[]): readonly PathStep[] {
  const [first, second, ...rest] = path;
  return first === "nodes" && typeof second === "number" ? [first, indices[second] ?? second, ...rest] : path;
}
