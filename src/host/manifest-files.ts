import { isUtf8 } from "node:buffer";
import { lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { readRegular } from "./read-regular.ts";

/** A file that was found, or why it could not be read. */
export type ManifestFile =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly problem: string };

/**
 * The YAML and JSON files at and below paths, in the order of their names, as kubeconform finds them: every
 * directory, no links to directories, and problems in the words of Go.
 * https://github.com/yannh/kubeconform/blob/v0.7.0/pkg/resource/files.go
 */
export function* manifestFiles(
  paths: readonly string[],
  isIgnored: (path: string) => boolean,
): Generator<ManifestFile, void> {
  for (const path of paths) yield* below(path, isIgnored);
}

function* below(path: string, isIgnored: (path: string) => boolean): Generator<ManifestFile, void> {
  try {
    if (lstatSync(path).isDirectory()) {
      for (const name of readdirSync(path).toSorted()) yield* below(join(path, name), isIgnored);
    } else if (/\.(?:ya?ml|json)$/i.test(path) && !isIgnored(path)) yield read(path);
  } catch (error) {
    yield { path, problem: inGoWords(path, error) };
  }
}

function read(path: string): ManifestFile {
  if (!statSync(path).isFile()) return { path, problem: `${path} is not a file` };
  const bytes = readRegular(path);
  return isUtf8(bytes)
    ? { path, text: bytes.toString("utf8") }
    : { path, problem: "error unmarshalling resource: is not UTF-8 text" };
}

// Node has "ENOENT: no such file or directory, lstat 'x'", Go "lstat x: no such file or directory".
function inGoWords(path: string, error: unknown): string {
  const [, words, call] = /^\w+: (.*), (\w+)(?: '.*')?$/s.exec(error instanceof Error ? error.message : "") ?? [];
  if (words === undefined || call === undefined) throw error;
  return `${call === "scandir" ? "open" : call} ${path}: ${words}`;
}
