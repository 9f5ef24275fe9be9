import { findDocument, type KubeadmDocument, valueAt } from "../../config/kubeadm-documents.ts";
import type { Problem } from "../../config/rule.ts";
import type { ClusterSpec } from "../../config/spec.ts";
import type { Path } from "../../yaml/read.ts";
import { findArgument } from "../arguments.ts";
import { pathText } from "../path-text.ts";

/** A value of the user's documents with the place where it stands. */
export interface Place {
  readonly document: KubeadmDocument;
  readonly path: Path;
  readonly value: unknown;
}

/** What a rule says of a place. */
export type Saying = Pick<Problem, "severity" | "message" | "remedy">;

/** The place in the document of a kind, if a value stands there. */
export function placeOf(spec: ClusterSpec, kind: string, path: Path): Place | undefined {
  const document = findDocument(spec.kubeadmDocuments, kind);
  const value = valueAt(document, path);
  return document === undefined || value === undefined || value === null ? undefined : { document, path, value };
}

/** The items of a list in the document of a kind, each with its place. */
export function itemsOf(spec: ClusterSpec, kind: string, path: Path): readonly Place[] {
  const list = placeOf(spec, kind, path);
  if (list === undefined || !Array.isArray(list.value)) return [];
  return list.value.map((value: unknown, index) => ({ ...list, path: [...path, index], value }));
}

/** An argument of one of the cluster's programs, such as `apiServer`, with the place of its value. */
export function argumentAt(
  spec: ClusterSpec,
  program: string,
  name: string,
): (Place & { readonly value: string }) | undefined {
  const place = placeOf(spec, "ClusterConfiguration", [program, "extraArgs"]);
  const argument = findArgument(place?.value, name);
  return place && argument && { ...place, path: [...place.path, ...argument.steps], value: argument.value };
}

/** A problem with its position in the document. */
export function problemAt({ document, path }: Omit<Place, "value">, saying: Saying): Problem {
  return {
    ...saying,
    path: pathText([document.kind, ...path]),
    position: document.source.locate(path),
  };
}

/** A place as `file:line:column`, for the message of a problem whose position is elsewhere. */
export function placeText({ document, path }: Omit<Place, "value">): string {
  const { file, line, column } = document.source.locate(path);
  return `${document.kind} (${file}:${line}:${column})`;
}
