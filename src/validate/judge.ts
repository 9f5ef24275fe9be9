import { parseKubernetesVersion } from "../config/kubernetes-version.ts";
import { newestMinor } from "../config/kubernetes-behaviour.ts";
import { isRecord } from "../config/paths.ts";
import { kind as configurationKind } from "../config/schema.ts";
import type { SourceText } from "../config/sources.ts";
import { UserError } from "../errors.ts";
import type { Finding } from "../findings/finding.ts";
import { filePosition } from "../findings/report.ts";
import { withoutSuppressed } from "../findings/suppress.ts";
import type { ClusterPicture } from "../model/picture.ts";
import { embeddedFiles } from "../readers/embedded.ts";
import { type InputFile, type ReadFile, readTree } from "../readers/read-tree.ts";
import { type Release, runRules } from "../rules/run.ts";

/** Files as they were collected. */
export interface JudgeInput {
  readonly files: readonly InputFile[];
  readonly problems: readonly Finding[];
  readonly skipped: ReadonlyMap<string, number>;
}

export interface JudgeOptions {
  /** The paths that were asked for, for which "unknown" is an answer. */
  readonly named: readonly string[];
  readonly kubernetesVersion: string | undefined;
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
  const others = files.filter((file) => !templates.includes(file) && !configurations.includes(file));
  const embedded = others.map(embeddedFiles);
  const tree = readTree([...others, ...embedded.flatMap(({ inputs }) => inputs)]);
  const known = tree.files.filter(isKnown);
  const unknown = others.filter(
    ({ file }) => !known.some((candidate) => candidate.file === file || candidate.file.startsWith(`${file}!`)),
  );
  // What was named and is nothing we know was meant to be a configuration.
  const meant = unknown.filter(({ file }) =>
    options.named.some((path) => path.replace(/^\.\//, "") === file || path === "-"),
  );
  if (unknown.length > meant.length) left.set("unknown file", unknown.length - meant.length);
  const release = releaseOf([...configurations, ...others], options.kubernetesVersion, tree.clusters);
  const found = [
    ...problems,
    ...[...configurations, ...meant].flatMap(({ file, text }) => options.configuration({ name: file, text })),
    ...tree.files.flatMap(syntaxFindings),
    ...runRules(tree.clusters, release),
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
    release: release.stated
      ? undefined
      : `judged for Kubernetes ${release.kubernetesVersion}: no file and no --kubernetes-version names a release`,
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

// The newest release, where nobody names one: its rules are the strictest.
function releaseOf(
  files: readonly InputFile[],
  asked: string | undefined,
  clusters: readonly ClusterPicture[],
): Release & { readonly stated: boolean } {
  if (asked !== undefined) {
    const version = parseKubernetesVersion(asked);
    if (version === undefined)
      throw new UserError(`--kubernetes-version "${asked}" is not a release of Kubernetes, such as v1.36.3`);
    return { kubernetesMinor: version.minor, kubernetesVersion: version.text, isAsked: true, stated: true };
  }
  const written = files.flatMap(({ text }) => /^kubernetesVersion:[ \t]*["']?(v?1\.[\w.-]+)/m.exec(text)?.[1] ?? []);
  const version = written.map(parseKubernetesVersion).find((candidate) => candidate !== undefined);
  const stated = version !== undefined || !clusters.some(({ nodes }) => nodes.some(isJudgedByRelease));
  const minor = version?.minor ?? newestMinor;
  return { kubernetesMinor: minor, kubernetesVersion: version?.text ?? `v1.${newestMinor}.0`, stated };
}

function isJudgedByRelease({ pods, kubeadm }: ClusterPicture["nodes"][number]): boolean {
  return [...pods, ...kubeadm].some(({ value }) => isRecord(value));
}
