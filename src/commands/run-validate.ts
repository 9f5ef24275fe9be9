import { nearest } from "../config/did-you-mean.ts";
import { interfaceMissing } from "../config/rules/interface-missing.ts";
import { ExitCode, UserError } from "../errors.ts";
import { type Finding, hasErrors, inOrder } from "../findings/finding.ts";
import { reportFormats } from "../findings/formats/index.ts";
import type { Report } from "../findings/report.ts";
import { reportSummary } from "../findings/summary.ts";
import { printable } from "../findings/text.ts";
import { collectFiles, type Collection } from "../host/collect-files.ts";
import { environmentFailure, overwrite } from "../host/files.ts";
import type { Io } from "../host/io.ts";
import type { NativeAnswers } from "../operate/native-checks.ts";
import { definedIn, hasDefinition, schemaLibrary } from "../schema/custom.ts";
import type { CustomSchemas } from "../schema/custom-schemas.ts";
import { fixedTexts } from "../validate/fixed-texts.ts";
import { judge, type Judgement } from "../validate/judge.ts";
import { releaseOf } from "../validate/release.ts";
import { summaryLines } from "../validate/summary.ts";
import type { Invocation } from "./command.ts";
import { readSource, resolveSource } from "./configuration.ts";
import type { Options } from "./options.ts";
import { patternReader } from "./pattern-reader.ts";
import { allRules } from "./rules.ts";
import { reportFormat, unknownKinds } from "./validate.ts";
import { programVersion } from "./version.ts";

/** Judges everything at and below the paths. */
export async function runValidate({ arguments: paths, options, io }: Invocation): Promise<ExitCode> {
  const format = reportFormats[reportFormat(options.format)];
  if (options.write === true && options.fix !== true) throw new UserError("--write goes with --fix");
  if (options.summary === true && (options.fix === true || !["text", "json"].includes(format.name)))
    throw new UserError("--summary goes with --format text; json has the numbers anyway");
  const ignored = ignoredRules(options.ignore);
  const collection = await collect(paths, options, io);
  const [alone] = collection.problems;
  if (paths.length === 1 && collection.files.length === 0 && alone !== undefined && alone.rule !== "FI02")
    throw new UserError(`cannot read ${paths[0]}: it ${alone.message}`, { exitCode: ExitCode.environment });
  const asked = options["kubernetes-version"];
  const release = releaseOf(collection.files, asked);
  if (release === undefined)
    throw new UserError(`--kubernetes-version "${asked}" is not a release of Kubernetes, such as v1.36.3`);
  const judgement = judge(collection, {
    named: paths,
    release,
    customSchemas: await customSchemas(collection, options["schema-location"] ?? []),
    unknownKinds: unknownKinds(options["unknown-kinds"]),
    configuration: (file) => resolveSource({ options, io, rules: [interfaceMissing("warning")] }, file).findings,
  });
  const native = await askDaemons(options, judgement);
  for (const program of native.missing) io.err(`[validate] ${program} is not installed, so it was not asked\n`);
  const findings = inOrder([...judgement.findings, ...native.findings].filter((finding) => !ignored.has(finding.rule)));
  if (options.fix === true) return fix({ findings, judgement, write: options.write === true }, io);
  const report: Report = { ...judgement, findings, rules: allRules, product: programVersion };
  io.out(format.print(report, { colour: io.colour?.() === true }));
  if (options.summary === true && format.name === "text") io.out(reportSummary(report));
  for (const line of summaryLines(judgement, findings)) io.err(line);
  return isBad(findings, options.strict === true) ? ExitCode.no : ExitCode.ok;
}

async function customSchemas({ files }: Collection, locations: readonly string[]): Promise<CustomSchemas> {
  const library = collectFiles(locations);
  const [problem] = library.problems;
  if (problem !== undefined)
    throw new UserError(`--schema-location ${locations.join(", ")}: it ${problem.message}`, {
      exitCode: ExitCode.environment,
    });
  const definitions = files.filter(hasDefinition);
  const hasPatterns = [...library.files, ...definitions].some(({ text }) => text.includes("pattern"));
  const patterns = hasPatterns ? await patternReader() : undefined;
  return new Map([...schemaLibrary(library.files, patterns), ...definedIn(definitions, patterns)]);
}

// Other programs run only when somebody asks for them.
async function askDaemons(options: Options, { files }: Judgement): Promise<NativeAnswers> {
  if (options.native !== true) return { findings: [], missing: [] };
  const { nativeChecks } = await import("../operate/native-checks.ts");
  return nativeChecks(files);
}

// The diff is the answer; what it does not mend is for another run to tell.
async function fix(
  {
    findings,
    judgement,
    write,
  }: { readonly findings: readonly Finding[]; readonly judgement: Judgement; readonly write: boolean },
  io: Io,
): Promise<ExitCode> {
  const { createTwoFilesPatch } = await import("diff");
  const changes = fixedTexts(findings, judgement.texts);
  for (const { file, before, after } of changes) {
    const patch = createTwoFilesPatch(`a/${printable(file)}`, `b/${printable(file)}`, before, after, "", "", {
      context: 3,
    });
    io.out(patch.replace(/^=+\n/, ""));
    if (write) environmentFailure(`cannot write ${file}`, () => overwrite(file, after));
  }
  const left = findings.filter((finding) => !("fix" in finding)).length;
  io.err(
    `[validate] ${changes.length} file${changes.length === 1 ? "" : "s"} ${write ? "changed" : "would change"}; ${left} findings need a person\n`,
  );
  return ExitCode.ok;
}

// Standard input, and what tests pass, is read through io; everything else is walked.
async function collect(paths: readonly string[], options: Options, io: Io): Promise<Collection> {
  const { default: picomatch } = options.exclude === undefined ? { default: undefined } : await import("picomatch");
  const isExcluded = picomatch?.([...(options.exclude ?? [])], { dot: true });
  const parts = paths.map((path): Collection => {
    if (path !== "-" && io.isDirectory?.(path) !== undefined) return collectFiles([path], isExcluded);
    const { name, text } = readSource(path, io);
    return { files: [{ file: name, text, mode: 0o644 }], problems: [], skipped: new Map() };
  });
  const skipped = new Map<string, number>();
  for (const [reason, count] of parts.flatMap((part) => [...part.skipped]))
    skipped.set(reason, (skipped.get(reason) ?? 0) + count);
  return {
    files: parts.flatMap(({ files }) => files),
    problems: parts.flatMap(({ problems }) => problems),
    skipped,
  };
}

function ignoredRules(text: string | undefined): ReadonlySet<string> {
  const names = text === undefined ? [] : text.split(",");
  const known = allRules.map(({ id }) => id);
  for (const name of names.filter((candidate) => !known.includes(candidate))) {
    const meant = nearest(name, known);
    throw new UserError(`--ignore: there is no rule "${name}"${meant === undefined ? "" : `; did you mean ${meant}?`}`);
  }
  return new Set(names);
}

function isBad(findings: readonly Finding[], strict: boolean): boolean {
  return hasErrors(findings) || (strict && findings.some((finding) => finding.severity === "warning"));
}
