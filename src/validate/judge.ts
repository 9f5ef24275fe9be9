import { isRecord } from "../config/paths.ts";
import { kind as configurationKind } from "../config/schema.ts";
import type { SourceText } from "../config/sources.ts";
import type { Finding } from "../findings/finding.ts";
import { filePosition } from "../findings/report.ts";
import { withoutSuppressed } from "../findings/suppress.ts";
import type { ClusterPicture } from "../model/picture.ts";
import { embeddedFiles } from "../readers/embedded.ts";
import { type InputFile, type ReadFile, readTree } from "../readers/read-tree.ts";
import type { UnknownKinds } from "../rules/rule.ts";
import { runRules } from "../rules/run.ts";
import type { CustomSchemas } from "../schema/custom-schemas.ts";
import { ordinaryKinds } from "./ordinary.ts";
import { type JudgedRelease, releaseNote } from "./release.ts";

/** Files as they were collected. */
export interface JudgeInput {
  readonly files: readonly InputFile[];
  readonly problems: readonly Finding[];
  readonly skipped: ReadonlyMap<string, number>;
}

export interface JudgeOptions {
  /** The paths that were asked for, for which "unknown" is an answer. */
  readonly named: readonly string[];
  readonly release: JudgedRelease;
  readonly customSchemas?: CustomSchemas | undefined;
  readonly unknownKinds?: UnknownKinds | undefined;
  /** Judges a file that has, or ought to have, an HAConfiguration. */
  configuration(file: SourceText): readonly Finding[];
}

/** What all files together come to. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly files: readonly { readonly file: string; readonly recognized: string }[];
  readonly skipped: ReadonlyMap<string, number>;
  readonly texts: ReadonlyMap<string, string>;
  readonly suppressed: number;
  /** Which release was taken for the files, if nobody said one. */
  readonly release: string | undefined;
}

/** Judges files together; pure. */
export function judge({ files, problems, skipped }: JudgeInput, options: JudgeOptions): Judgement {
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const left = new Map(skipped);
  const templates = files.filter(({ file, text }) => isTemplate(file, text));
  if (templates.length > 0) left.set("Helm template", templates.length);
  const configurations = files.filter(({ text }) => hasConfiguration(text));
  const custom = options.customSchemas;
  const source = { minor: options.release.kubernetesMinor, custom };
  const apart = new Set([...templates, ...configurations]);
  const ordinary = new Map<InputFile, ReadFile>();
  for (const input of files) {
    const recognized = apart.has(input) ? undefined : ordinaryKinds(input, source);
    if (recognized !== undefined) ordinary.set(input, { file: input.file, recognized, problems: [] });
  }
  const others = files.filter((file) => !apart.has(file) && !ordinary.has(file));
  const embedded = others.map(embeddedFiles);
  const tree = readTree([...others, ...embedded.flatMap(({ inputs }) => inputs)], [...ordinary.keys()]);
  const known = [...tree.files, ...ordinary.values()].filter(isKnown);
  const knownNames = new Set(known.flatMap(({ file }) => [file, file.replace(/(?:#\d+)?!.*$/s, "")]));
  const unknown = others.filter(({ file }) => !knownNames.has(file));
  // What was named and is nothing we know was meant to be a configuration.
  const meant = unknown.filter(({ file }) =>
    options.named.some((path) => path.replace(/^\.\//, "") === file || path === "-"),
  );
  if (unknown.length > meant.length) left.set("unknown file", unknown.length - meant.length);
  const { release, unknownKinds } = options;
  const isForRelease = ordinary.size > 0 || tree.clusters.some(({ nodes }) => nodes.some(isJudgedByRelease));
  const found = [
    ...problems,
    ...[...configurations, ...meant].flatMap(({ file, text }) => options.configuration({ name: file, text })),
    ...tree.files.flatMap(syntaxFindings),
    ...runRules(tree.clusters, {
      ...release,
      isAsked: release.namedBy === "user",
      customSchemas: custom,
      unknownKinds,
    }),
  ].map((finding) => embedded.reduce((located, { locate }) => relocated(located, locate), finding));
  const { findings, suppressed } = withoutSuppressed(found, texts);
  return {
    findings,
    files: [
      ...configurations.map(({ file }) => ({ file, recognized: configurationKind })),
      ...meant.map(({ file }) => ({ file, recognized: "file of no known kind" })),
      ...known,
    ],
    skipped: left,
    texts,
    suppressed,
    release: release.namedBy === "nobody" && isForRelease ? releaseNote(release) : undefined,
  };
}

function isKnown(file: ReadFile): file is ReadFile & { readonly recognized: string } {
  return file.recognized !== undefined;
}

// Chart templates are YAML only after Helm has filled them in.
function isTemplate(file: string, text: string): boolean {
  return /(?:^|\/)templates\//.test(file) && /\{\{/.test(text);
}

function hasConfiguration(text: string): boolean {
  if (!text.includes(configurationKind)) return false;
  return (
    new RegExp(`^kind:[ \\t]*["']?${configurationKind}["']?[ \\t]*(?:#.*)?\\r?$`, "m").test(text) ||
    /"kind"\s*:\s*"HAConfiguration"/.test(text)
  );
}

function syntaxFindings({ problems }: ReadFile): readonly Finding[] {
  return problems.map(({ position, message, remedy }) => ({
    rule: "YM01",
    severity: "error",
    path: "(file)",
    position,
    message,
    remedy,
  }));
}

function relocated(finding: Finding, locate: ReturnType<typeof embeddedFiles>["locate"]): Finding {
  const place = filePosition(finding.position);
  return place === undefined ? finding : { ...finding, position: locate(place) };
}

function isJudgedByRelease({ pods, kubeadm, objects }: ClusterPicture["nodes"][number]): boolean {
  return [...pods, ...kubeadm, ...objects].some(({ value }) => isRecord(value));
}
