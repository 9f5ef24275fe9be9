import { ExitCode } from "./errors.ts";
import { visitFiles } from "./host/collect-files.ts";
import { optimizeAsUsual, optimizeLater } from "./host/optimize-later.ts";
import { processIo } from "./host/process-io.ts";
import { recognize } from "./readers/recognize.ts";
import { ordinaryKinds } from "./validate/ordinary.ts";
import { releaseNote, releaseOf } from "./validate/release.ts";
import { summaryLines, type Told } from "./validate/summary.ts";

/**
 * Whether this was all: `validate` of files of which nothing at all is to be said is answered here, in half the time
 * that loading the program and its rules takes. Whatever else there is, the program does from the beginning.
 */
export const answered = quickValidate(process.argv.slice(3));

function quickValidate(words: readonly string[]): boolean {
  const request = plainRequest(words);
  const release = request && releaseOf([], request.version);
  if (request === undefined || release === undefined) return false;
  const judged = judgeFiles(request, release.kubernetesMinor);
  if (judged === undefined) return false;
  const note = release.namedBy === "nobody" && judged.files.length > 0 ? releaseNote(release) : undefined;
  processIo.err(summaryLines({ ...judged, suppressed: 0, release: note }, []).join(""));
  process.exitCode = ExitCode.ok;
  return true;
}

// Each file is forgotten as soon as there is nothing to say of it.
function judgeFiles({ paths, version }: Request, minor: number): Pick<Told, "files" | "skipped"> | undefined {
  const files: { readonly recognized: string }[] = [];
  const skipped = new Map<string, number>();
  const skip = (reason: string): void => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  let count = 0;
  let isOrdinary = true;
  visitFiles(paths, {
    isDone: () => !isOrdinary,
    problem: () => void (isOrdinary = false),
    skip,
    file: (input) => {
      keepPace(++count);
      // Whoever names a release names it for all files.
      const isNamed = version === undefined && input.text.includes("kubernetesVersion:");
      const recognized = isNamed ? undefined : ordinaryKinds(input, { minor });
      if (recognized !== undefined) files.push({ recognized });
      else if (!isNamed && isBesidesManifests(input, paths)) skip("unknown file");
      else isOrdinary = false;
    },
  });
  if (!isOrdinary) optimizeAsUsual();
  return isOrdinary && count > 0 ? { files, skipped } : undefined;
}

// One file is read before V8 thinks of speed; for some thousands speed is worth its price.
function keepPace(count: number): void {
  if (count === 2) optimizeLater();
  if (count === 3000) optimizeAsUsual();
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
