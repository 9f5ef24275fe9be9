import { isRecord, type PathStep, pathText, readPath } from "../config/paths.ts";
import type { FilePosition } from "../findings/finding.ts";
import type { YamlObject } from "../model/kubernetes.ts";

/** A place in a document, whether or not anything stands there. */
export interface YamlPart {
  readonly value: unknown;
  /** The value if it is text, else undefined. */
  readonly text: string | undefined;
  readonly exists: boolean;
  /** Such as `spec.containers[0].image`. */
  readonly path: string;
  /** A place below this one. */
  at(...steps: readonly PathStep[]): YamlPart;
  /** The entries of a list; none for anything else. */
  items(): readonly YamlPart[];
  /** Where the value stands; for what is missing, where it would belong: the key of the block around it. */
  position(): FilePosition;
  /** Where the key of the value stands. */
  keyPosition(): FilePosition;
}

/** The place at `path` in a document. */
export function yamlPart(object: YamlObject, path: readonly PathStep[] = []): YamlPart {
  const value = readPath(object.value, path);
  return {
    value,
    text: typeof value === "string" ? value : undefined,
    exists: value !== undefined,
    path: pathText(path),
    at: (...steps) => yamlPart(object, [...path, ...steps]),
    items: () => (Array.isArray(value) ? value.map((_, index) => yamlPart(object, [...path, index])) : []),
    position: () => (value === undefined ? placeOfMissing(object, path) : object.locate(path)),
    keyPosition: () => object.locateKey(path),
  };
}

/** The keys of a map; none for anything else. */
export function keysOf({ value }: YamlPart): readonly string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

/** A text, number or boolean as text; undefined for maps, lists and nothing. */
export function scalarText({ value }: YamlPart): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

function placeOfMissing(object: YamlObject, path: readonly PathStep[]): FilePosition {
  const parent = path.slice(0, -1);
  if (parent.length === 0) return object.locate([]);
  if (readPath(object.value, parent) === undefined) return placeOfMissing(object, parent);
  // An entry of a list has no key of its own.
  return typeof parent.at(-1) === "number" ? object.locate(parent) : object.locateKey(parent);
}
