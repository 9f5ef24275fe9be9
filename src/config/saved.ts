import { parseDocument } from "yaml";

import { secretPaths } from "../kubeadm/secrets.ts";
import { toYaml } from "../yaml/write.ts";
import type { KubeadmDocument } from "./kubeadm-documents.ts";
import { type PathStep, readPath } from "./paths.ts";
import type { Sources, SourcesInput } from "./sources.ts";

/** The line that tells a later run that the user's documents once held secrets. */
export const secretsLeftOut = "# Secrets were left out: only the run that got them needs them.";

/**
 * The input as nodes keep it: one text that says the same without the flags and without the files
 * beside it. It holds no secret; text without either reason to change stays as it is, comments and all.
 */
export function savedConfiguration(input: SourcesInput, sources: Sources): string {
  const { file, kubeadmFile, flags = {} } = input;
  const hasFlags = Object.keys(flags).length > 0;
  const secret = sources.kubeadmDocuments.some((document) => secretPaths(document).length > 0);
  if (file !== undefined && kubeadmFile === undefined && !hasFlags && !secret) return ended(file.text);
  const own = hasFlags || sources.own === undefined ? toYaml(sources.raw) : sources.own.text;
  const documents = withBindPort(sources.kubeadmDocuments, sources.raw, flags.apiserverBindPort).map((document) =>
    edited(document, flags),
  );
  const head = secret ? `${secretsLeftOut}\n` : "";
  return head + [own, ...documents].map(ended).join("---\n");
}

function ended(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

type SavedDocument = KubeadmDocument | { readonly text: string };

// The port is a flag of kubeadm's, not a key of ours: it needs a document of kubeadm's to stand in.
function withBindPort(
  documents: readonly KubeadmDocument[],
  raw: Readonly<Record<string, unknown>>,
  port: string | undefined,
): readonly SavedDocument[] {
  if (port === undefined || documents.some(({ kind }) => kind === "InitConfiguration")) return documents;
  const minor = Number(/^v?1\.(\d+)/.exec(String(raw["kubernetesVersion"] ?? ""))?.[1] ?? newest);
  const apiVersion = `kubeadm.k8s.io/${minor < firstWithV1beta4 ? "v1beta3" : "v1beta4"}`;
  const document = { apiVersion, kind: "InitConfiguration", localAPIEndpoint: { bindPort: Number(port) } };
  return [...documents, { text: toYaml(document) }];
}

const newest = Number.POSITIVE_INFINITY;
const firstWithV1beta4 = 31;

function edited(document: SavedDocument, flags: SourcesInput["flags"] & {}): string {
  if ("text" in document) return document.text;
  const { kind, source } = document;
  const secrets = secretPaths(document);
  const replaced = flagPlaces
    .filter(
      (place) =>
        place.kind === kind && (kind === "InitConfiguration" || readPath(source.value, place.path) !== undefined),
    )
    .flatMap(({ flag, path }) => (flags[flag] === undefined ? [] : [{ path, value: flags[flag] }]));
  if (secrets.length === 0 && replaced.length === 0) return source.text;
  const parsed = parseDocument(source.text);
  for (const path of secrets) parsed.deleteIn(path);
  for (const { path, value } of replaced) parsed.setIn(path, path.at(-1) === "bindPort" ? Number(value) : value);
  return parsed.toString({ lineWidth: 0 });
}

const flagPlaces: readonly {
  readonly flag: "kubernetesVersion" | "controlPlaneEndpoint" | "apiserverBindPort";
  readonly kind: string;
  readonly path: readonly PathStep[];
}[] = [
  { flag: "kubernetesVersion", kind: "ClusterConfiguration", path: ["kubernetesVersion"] },
  { flag: "controlPlaneEndpoint", kind: "ClusterConfiguration", path: ["controlPlaneEndpoint"] },
  { flag: "apiserverBindPort", kind: "InitConfiguration", path: ["localAPIEndpoint", "bindPort"] },
  { flag: "apiserverBindPort", kind: "JoinConfiguration", path: ["controlPlane", "localAPIEndpoint", "bindPort"] },
];
