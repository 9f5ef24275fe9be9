import { isRecord, readPath } from "../../config/paths.ts";
import { kubeadmGroup } from "../../kubeadm/api-version.ts";
import { pathText } from "../../kubeadm/path-text.ts";
import type { Saying } from "../../kubeadm/schema/field.ts";
import type { YamlObject } from "../../model/kubernetes.ts";
import type { Path } from "../../yaml/read.ts";
import type { Hit } from "../rule.ts";

/** A document of kubeadm's own group. */
export interface KubeadmObject extends YamlObject {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The documents that are kubeadm's own; others may stand beside them in a file. */
export function ownDocuments(documents: readonly YamlObject[]): readonly KubeadmObject[] {
  return documents.filter(isOwn);
}

/** The document of a kind, if there is one. */
export function documentOf(documents: readonly YamlObject[], kind: string): KubeadmObject | undefined {
  return ownDocuments(documents).find((document) => document.kind === kind);
}

/** A text at a path that is neither missing nor empty. */
export function textAt(document: YamlObject | undefined, path: Path): string | undefined {
  const value = readPath(document?.value, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A place in a document: of a value, or of the key or the block that it is missing in. */
export interface DocumentPlace {
  readonly document: YamlObject;
  readonly path: Path;
  readonly atKey?: boolean;
}

/** A hit at a place. */
export function hitAt({ document, path, atKey = false }: DocumentPlace, saying: Saying): Hit {
  return {
    ...saying,
    path: pathText([document.kind ?? "document", ...path]),
    position: atKey ? keyPosition(document, path) : document.locate(path),
  };
}

/** The same for something that is missing: at the key of the block that should have it. */
export function missingAt(document: YamlObject, path: Path, saying: Saying): Hit {
  const standing = path.findIndex((_, index) => isNothing(readPath(document.value, path.slice(0, index + 1))));
  const position = keyPosition(document, standing === -1 ? path : path.slice(0, standing));
  return { ...saying, path: pathText([document.kind ?? "document", ...path]), position };
}

/** Whether a value says nothing. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

// A document as a whole is what its kind says.
function keyPosition(document: YamlObject, path: Path): Hit["position"] {
  if (path.length > 0) return document.locateKey(path);
  return document.locate(isRecord(document.value) && "kind" in document.value ? ["kind"] : []);
}

function isOwn(document: YamlObject): document is KubeadmObject {
  return document.apiVersion?.startsWith(`${kubeadmGroup}/`) === true && document.kind !== undefined;
}
