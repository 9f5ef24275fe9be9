import { type Finding, hasErrors, inOrder, type Position } from "../findings/finding.ts";
import { normalize } from "./normalize.ts";
import { pathSteps, pathText, sameSubtree } from "./paths.ts";
import { type PatchSource, readPatches } from "./patches.ts";
import type { Problem, Rule } from "./rule.ts";
import { controlPlaneCount } from "./rules/control-plane-count.ts";
import { configurationRules, draftRules } from "./rules/index.ts";
import { poolProvider } from "./rules/pool-provider.ts";
import type { HAConfiguration } from "./schema.ts";
import { checkShape } from "./shape.ts";
import { lacksSecrets, savedConfiguration } from "./saved.ts";
import { readSources, type SourcesInput } from "./sources.ts";
import type { ClusterSpec } from "./spec.ts";

export interface ConfigurationInput extends SourcesInput {
  /** Rules beyond those of the configuration itself: what kubeadm and the components ask. */
  readonly rules?: readonly Rule[];
  /** Whether the machines are made later, by somebody else: no node needs to be listed. */
  readonly pool?: boolean | undefined;
  /** Files of patches, in any order. */
  readonly patches?: readonly PatchSource[] | undefined;
}

export interface Resolution {
  /** Absent exactly when there are errors. */
  readonly spec?: ClusterSpec;
  readonly findings: readonly Finding[];
  /** What was written, flags included, for `config view`. */
  readonly configuration: HAConfiguration;
  /** Where a key's value comes from; undefined for defaults. */
  readonly origin: (key: string) => Position | undefined;
  /** Keys for which a flag replaced a different value of a file. */
  readonly overridden: readonly { readonly flag: string; readonly key: string }[];
  /** The input as nodes keep it: one text that says the same without the flags, and without secrets. */
  readonly savedConfiguration: () => string;
  /** Whether the file is such a text, and the secrets that it once held are missing. */
  readonly secretsLeftOut: boolean;
}

/** From text and flags to a cluster without questions, or to everything that is wrong with it, at once. */
export function resolveConfiguration(input: ConfigurationInput): Resolution {
  const sources = readSources(input);
  const { overridden, kubeadmDocuments } = sources;
  const { patches, findings: patchFindings } = readPatches(input.patches ?? []);
  const { configuration, problems: shapeProblems, nodeIndices } = checkShape(sources.raw);
  const origin = (key: string): Position | undefined => sources.origin(pathSteps(key));
  const result = { configuration, origin, overridden, secretsLeftOut: lacksSecrets(input, sources) };
  if (!sources.usable)
    return { ...result, findings: inOrder(sources.findings), savedConfiguration: () => input.file?.text ?? "" };

  const findings: Finding[] = [...sources.findings, ...patchFindings];
  for (const { finding, path, ofKey } of shapeProblems)
    findings.push({ ...finding, path: pathText(path), ...positionOf(sources.locate(path, ofKey)) });
  // What follows from a value that is already reported as wrong is noise.
  const report = (problems: readonly (Problem & Pick<Finding, "rule" | "reason">)[]): void => {
    const broken = findings.filter(({ severity }) => severity === "error").map(({ path }) => path);
    for (const problem of problems) {
      if (problem.position === undefined && broken.some((path) => sameSubtree(path, problem.path))) continue;
      findings.push({ ...problem, ...positionOf(problem.position ?? sources.locate(pathSteps(problem.path))) });
    }
  };
  const { spec, problems } = normalize({
    configuration,
    nodeIndices,
    kubeadmDocuments,
    flags: input.flags ?? {},
    patches,
  });
  report(problems);
  const nodePath = (position: number): string => `nodes[${nodeIndices[position] ?? position}]`;
  report(
    draftRules.flatMap((rule) =>
      rule.check(configuration, nodePath).map((problem) => ({ ...problem, ...named(rule) })),
    ),
  );
  const unlisted = input.pool === true && spec.nodes.length === 0;
  const rules = [
    ...configurationRules.filter((rule) => !unlisted || rule !== controlPlaneCount),
    ...(input.pool === true ? [poolProvider] : []),
    ...(input.rules ?? []),
  ];
  report(rules.flatMap((rule) => rule.check(spec).map((problem) => ({ ...problem, ...named(rule) }))));

  const all = inOrder(findings);
  const complete = { ...result, findings: all, savedConfiguration: () => savedConfiguration(input, sources, spec) };
  return hasErrors(all) ? complete : { ...complete, spec };
}

function named({ id, reason }: { readonly id: string; readonly reason: string }): Pick<Finding, "rule" | "reason"> {
  return { rule: id, reason };
}

function positionOf(position: Position | undefined): { readonly position?: Position } {
  return position === undefined ? {} : { position };
}
