import { ExitCode } from "./errors.ts";
import { type CollectedFile, collectFiles } from "./host/collect-files.ts";
import { optimizeLater } from "./host/optimize-later.ts";
import { processIo } from "./host/process-io.ts";
import { recognize } from "./readers/recognize.ts";
import { ordinaryKinds } from "./validate/ordinary.ts";
import { releaseNote, releaseOf } from "./validate/release.ts";
import { summaryLines } from "./validate/summary.ts";

/**
 * Whether this was all: `validate` of files of which nothing at all is to be said is answered here, in half the time
 * that loading the program and its rules takes. Whatever else there is, the program does from the beginning.
 */
export const answered = quickValidate(process.argv.slice(3));

function quickValidate(words: readonly string[]): boolean {
  const request = plainRequest(words);
  if (request === undefined) return false;
  const { files, problems, skipped } = collectFiles(request.paths);
  const release = releaseOf(files, request.version);
  if (files.length === 0 || problems.length > 0 || release === undefined) return false;
  const left = new Map(skipped);
  const optimizeAgain = optimizeLater(files.length);
  const known = kindsOf(files, { minor: release.kubernetesMinor, paths: request.paths, left });
  optimizeAgain();
  if (known === undefined) return false;
  const note = release.namedBy === "nobody" && known.length > 0 ? releaseNote(release) : undefined;
  for (const line of summaryLines({ files: known, skipped: left, suppressed: 0, release: note }, []))
    processIo.err(line);
  process.exitCode = ExitCode.ok;
  return true;
}

interface Course {
  readonly minor: number;
  readonly paths: readonly string[];
  /** How many files are left out, by reason. */
  readonly left: Map<string, number>;
}

function kindsOf(
  files: readonly CollectedFile[],
  { minor, paths, left }: Course,
): readonly { readonly recognized: string }[] | undefined {
  const known: { readonly recognized: string }[] = [];
  for (const input of files) {
    const recognized = ordinaryKinds(input, { minor });
    if (recognized !== undefined) known.push({ recognized });
    else if (isBesidesManifests(input, paths)) left.set("unknown file", (left.get("unknown file") ?? 0) + 1);
    else return undefined;
  }
  return known;
}

interface Request {
  readonly paths: readonly string[];
  readonly version: string | undefined;
}

// Every other flag is the program's.
function plainRequest(words: readonly string[]): Request | undefined {
  const paths: string[] = [];
  let version: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--kubernetes-version" && version === undefined) version = words[++index] ?? "";
    else if (word.startsWith("-")) {
      if (word !== "--strict") return undefined;
    } else paths.push(word);
  }
  return paths.length === 0 ? undefined : { paths, version };
}

function isBesidesManifests(
  { file, text }: { readonly file: string; readonly text: string },
  paths: readonly string[],
): boolean {
  return (
    recognize(file, text) === "unknown" &&
    !paths.some((path) => path.replace(/^(?:\.\/)+/, "") === file) &&
    !/\bkind\b|write_files/.test(text)
  );
}
