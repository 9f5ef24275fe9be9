import { ExitCode } from "../errors.ts";
import { environmentFailure, readTextIfExists } from "../host/files.ts";
import { type ManifestFile, manifestFiles } from "../host/manifest-files.ts";
import { judgeResource } from "../kubeconform/judge.ts";
import { type KubeconformRequest, kubeconformRequest } from "../kubeconform/request.ts";
import { resourcesOf, standardInput } from "../kubeconform/resources.ts";
import { isBad, type Result } from "../kubeconform/result.ts";
import { schemaFinder } from "../kubeconform/schemas.ts";
import type { PatternReader } from "../schema/restrictions.ts";
import type { Invocation } from "./command.ts";
import { patternReader } from "./pattern-reader.ts";
import { programVersion } from "./version.ts";

/** Judges manifests by their schemas alone, with the flags, the answer and the exit codes of kubeconform. */
export async function runKubeconform({ arguments: words, io }: Invocation): Promise<ExitCode> {
  const request = kubeconformRequest(words);
  if (request.showVersion) {
    io.out(`kubeadm-ha ${programVersion}, in place of kubeconform v0.7.0\n`);
    return ExitCode.ok;
  }
  for (const note of request.notes) io.err(`[kubeconform] ${note}\n`);
  const isInput = request.paths.length === 0;
  const files = isInput
    ? [{ path: standardInput, text: io.read("-") }]
    : manifestFiles(request.paths, (path) => request.ignoredPaths.some((pattern) => pattern.test(path)));
  const patterns = request.places.some(({ type }) => type === "files") ? await patternReader() : undefined;
  const results = judgeFiles(files, { request, patterns });
  io.out(request.output.print(results, { ...request, isInput }));
  return results.some(isBad) ? ExitCode.no : ExitCode.ok;
}

function judgeFiles(
  files: Iterable<ManifestFile>,
  { request, patterns }: { readonly request: KubeconformRequest; readonly patterns: PatternReader | undefined },
): readonly Result[] {
  const read = (path: string): string | undefined =>
    environmentFailure(`cannot read ${path}`, () => readTextIfExists(path));
  const schemaOf = schemaFinder(request, { read, patterns });
  const results: Result[] = [];
  for (const file of files)
    for (const result of judgeFile(file, request.strict, (resource) => judgeResource(resource, request, schemaOf))) {
      results.push(result);
      if (request.exitOnError && isBad(result)) return results;
    }
  return results;
}

function* judgeFile(
  file: ManifestFile,
  strict: boolean,
  judge: (resource: ReturnType<typeof resourcesOf>[number]) => Result,
): Generator<Result, void> {
  if ("problem" in file) {
    const signature = { kind: "", apiVersion: "", namespace: "", name: "" };
    yield { file: file.path, signature, status: "error", message: file.problem };
  } else for (const resource of resourcesOf(file.path, file.text, strict)) yield judge(resource);
}
