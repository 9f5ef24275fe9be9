import type { Finding, Position } from "../findings/finding.ts";
import { readYaml, type YamlDocument } from "../yaml/read.ts";
import { nearest } from "./did-you-mean.ts";
import { type FlagOverride, flagOverrides, type FlagValues } from "./flags.ts";
import { findDocument, type KubeadmDocument, valueAt } from "./kubeadm-documents.ts";
import { isRecord, type PathStep, readPath, writePath } from "./paths.ts";
import { apiVersion, kind } from "./schema.ts";

export interface SourceText {
  /** As findings name it. */
  readonly name: string;
  readonly text: string;
}

export interface SourcesInput {
  readonly file?: SourceText | undefined;
  readonly kubeadmFile?: SourceText | undefined;
  readonly flags?: FlagValues;
}

/** What files and flags say together, before anything is checked. */
export interface Sources {
  /** The HAConfiguration with the flags' values in it. */
  readonly raw: Record<string, unknown>;
  /** The HAConfiguration as it was written, if there is one. */
  readonly own: YamlDocument | undefined;
  readonly kubeadmDocuments: readonly KubeadmDocument[];
  readonly findings: readonly Finding[];
  /** Whether there is something to check at all; else the findings are the whole truth. */
  readonly usable: boolean;
  /** Where the value at a path was written; undefined when nobody wrote it. */
  origin(path: readonly PathStep[]): Position | undefined;
  /** Where to point for a path: the value, or with `ofKey` its key, or what is nearest to it. */
  locate(path: readonly PathStep[], ofKey?: boolean): Position | undefined;
  /** Keys for which a flag replaced a different value of a file. */
  readonly overridden: readonly { readonly flag: string; readonly key: string }[];
}

/** Reads files and flags; a flag wins over every file. */
export function readSources(input: SourcesInput): Sources {
  const streams = [input.file, input.kubeadmFile]
    .filter((source) => source !== undefined)
    .map((source) => readYaml(source.name, source.text));
  const documents = streams.flatMap((stream) => stream.documents);
  const own = documents.filter((document) => isRecord(document.value) && document.value["kind"] === kind);
  const { overrides, findings: flagFindings } = flagOverrides(input.flags ?? {});
  const unread = streams.flatMap((stream) => stream.findings);
  const misplaced = unread.length > 0 ? [] : ownDocumentFindings(input.file, documents, own);
  const foreign = documents.filter((document) => !own.includes(document));
  const kubeadmDocuments = foreign.flatMap(kubeadmDocument);
  const raw = isRecord(own[0]?.value) ? structuredClone(own[0].value as Record<string, unknown>) : { apiVersion, kind };
  const overridden = overriddenKeys(raw, kubeadmDocuments, { overrides, flags: input.flags ?? {} });
  for (const { path, value } of overrides) writePath(raw, path, value);
  const origin = (path: readonly PathStep[]): Position | undefined => {
    const flag = overrides.find((override) => override.path.every((step, index) => path[index] === step))?.flag;
    if (flag !== undefined) return { flag };
    return readPath(raw, path) === undefined ? inKubeadmDocuments(kubeadmDocuments, path) : own[0]?.locate(path);
  };
  return {
    raw,
    own: own[0],
    kubeadmDocuments,
    findings: [...unread, ...misplaced, ...flagFindings, ...foreign.flatMap(kindless)],
    usable: unread.length === 0 && (input.file === undefined || own.length > 0),
    origin,
    locate: (path, ofKey = false) => {
      const position = origin(path) ?? own[0]?.locate(path);
      return ofKey && position !== undefined && "file" in position ? own[0]?.locateKey(path) : position;
    },
    overridden,
  };
}

function ownDocumentFindings(
  file: SourceText | undefined,
  documents: readonly YamlDocument[],
  own: readonly YamlDocument[],
): readonly Finding[] {
  const base = { severity: "error" as const, path: "(file)" };
  const repeated = own.slice(1).map((document) => document.locate([]));
  const second = { ...base, rule: "duplicate-document", message: `a second ${kind}`, remedy: "keep one" };
  if (own.length > 0 || file === undefined) return repeated.map((position) => ({ ...second, position }));
  const kinds = documents.map(({ value }) => (isRecord(value) ? value["kind"] : undefined));
  const near = kinds.find((name) => typeof name === "string" && nearest(name, [kind]) === kind);
  const begin = `begin it with apiVersion: ${apiVersion} and kind: ${kind}; kubeadm-ha config print makes a starter`;
  const remedy = typeof near === "string" ? `"${near}" must be ${kind}` : begin;
  const position = { file: file.name, line: 1, column: 1 };
  return [{ ...base, rule: "no-configuration", position, message: `has no document of kind ${kind}`, remedy }];
}

function kubeadmDocument(source: YamlDocument): readonly KubeadmDocument[] {
  const { value } = source;
  const named = isRecord(value) && typeof value["apiVersion"] === "string" && typeof value["kind"] === "string";
  return named ? [{ apiVersion: String(value["apiVersion"]), kind: String(value["kind"]), source }] : [];
}

function kindless(source: YamlDocument): readonly Finding[] {
  if (kubeadmDocument(source).length > 0) return [];
  const remedy = "give it apiVersion and kind, as kubeadm asks of every document";
  const message = "a document without apiVersion and kind";
  return [{ rule: "document-kind", severity: "error", path: "(file)", position: source.locate([]), message, remedy }];
}

// Three things may stand in kubeadm's own documents instead.
const kubeadmPlaces: Readonly<Record<string, readonly [kind: string, path: readonly string[]]>> = {
  kubernetesVersion: ["ClusterConfiguration", ["kubernetesVersion"]],
  controlPlaneEndpoint: ["ClusterConfiguration", ["controlPlaneEndpoint"]],
  "localAPIEndpoint.bindPort": ["InitConfiguration", ["localAPIEndpoint", "bindPort"]],
};

function inKubeadmDocuments(documents: readonly KubeadmDocument[], path: readonly PathStep[]): Position | undefined {
  const [ofKind = "", place = []] = kubeadmPlaces[path.join(".")] ?? [];
  const document = findDocument(documents, ofKind);
  return valueAt(document, place) === undefined ? undefined : document?.source.locate(place);
}

function overriddenKeys(
  raw: Record<string, unknown>,
  documents: readonly KubeadmDocument[],
  { overrides, flags }: { readonly overrides: readonly FlagOverride[]; readonly flags: FlagValues },
): Sources["overridden"] {
  const port = flags.apiserverBindPort;
  const all: readonly FlagOverride[] = [
    ...overrides,
    ...(port === undefined
      ? []
      : [{ flag: "--apiserver-bind-port", path: ["localAPIEndpoint", "bindPort"], value: Number(port) }]),
  ];
  return all
    .filter(({ path, value }) => {
      const [ofKind = "", place = []] = kubeadmPlaces[path.join(".")] ?? [];
      return differs(readPath(raw, path) ?? valueAt(findDocument(documents, ofKind), place), value);
    })
    .map(({ flag, path }) => ({ flag, key: path.join(".") }));
}

function differs(existing: unknown, value: unknown): boolean {
  return existing !== undefined && JSON.stringify(existing) !== JSON.stringify(value);
}
