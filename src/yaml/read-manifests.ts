import type { FilePosition, Finding } from "../findings/finding.ts";
import { quickRead } from "./quick-read.ts";
import { type Leniency, type Path, readYaml, type YamlDocument } from "./read.ts";

/** A document as the programs of a cluster read it, with the places of its parts. */
export interface Manifest {
  readonly value: unknown;
  /** Where the value at `path` is; where it is missing, its nearest ancestor. */
  locate(path: Path): FilePosition;
  /** Where the key of the map entry at `path` is. */
  locateKey(path: Path): FilePosition;
}

/** Reads a stream of manifests; places are looked for only when they are asked for. */
export function readManifests(
  file: string,
  text: string,
): { readonly documents: readonly Manifest[]; readonly findings: readonly Finding[] } {
  const values = quickRead(text);
  return values === undefined
    ? readThoroughly(file, text)
    : { documents: withPlaces({ file, text }, values), findings: [] };
}

/** The same by the complete reader alone. */
export function readThoroughly(file: string, text: string, leniency?: Leniency): ReturnType<typeof readManifests> {
  const { documents, findings } = readYaml(file, text, leniency);
  const readings = documents.map((document) => ({ document, ...document.asGoReads() }));
  return {
    documents: readings.map(({ document, value }) => ({
      value,
      locate: document.locate,
      locateKey: document.locateKey,
    })),
    findings: [...findings, ...readings.flatMap(({ refusals }) => refusals)],
  };
}

function withPlaces(
  { file, text }: { readonly file: string; readonly text: string },
  values: readonly unknown[],
): readonly Manifest[] {
  let known: readonly YamlDocument[] | undefined;
  const thorough = (index: number): YamlDocument | undefined => (known ??= readYaml(file, text).documents)[index];
  const start = { file, line: 1, column: 1 };
  return values.map((value, index) => ({
    value,
    locate: (path) => thorough(index)?.locate(path) ?? start,
    locateKey: (path) => thorough(index)?.locateKey(path) ?? start,
  }));
}
