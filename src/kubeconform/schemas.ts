import { isRecord } from "../config/paths.ts";
import type { SchemaNode } from "../schema/node.ts";
import { schemaFromJson } from "../schema/from-json.ts";
import type { PatternReader } from "../schema/restrictions.ts";
import { schemasOf, tableMinors } from "../schema/table.ts";
import type { KubeconformRequest } from "./request.ts";
import { schemaPath } from "./schema-places.ts";

/** A schema, and what it is called in messages. */
export interface FoundSchema {
  readonly schema: SchemaNode;
  readonly location: string;
  /** Whether fields that it does not have are mistakes. */
  readonly refusesUnknown: boolean;
}

/** What schemas are looked up for: the kind and version of an object. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What schemas on disk are read with. */
export interface SchemaTools {
  /** The text of a file, if there is one. */
  read(path: string): string | undefined;
  readonly patterns: PatternReader | undefined;
}

/** Finds the schemas of kinds in the places of a request, each once. */
export function schemaFinder(
  { places, minor, versionName, strict }: Pick<KubeconformRequest, "places" | "minor" | "versionName" | "strict">,
  { read, patterns }: SchemaTools,
): (object: ObjectKind) => FoundSchema | undefined {
  const known = new Map<string, FoundSchema | undefined>();
  const builtIn = (object: ObjectKind): FoundSchema | undefined => {
    const schema = schemasOf(minor).find(object.apiVersion, object.kind);
    if (schema === undefined) return undefined;
    const location = schemaPath(builtInName, { ...object, versionName, strict });
    return { schema, location, refusesUnknown: strict && tableMinors.includes(minor) };
  };
  const inFile = (template: string, object: ObjectKind): FoundSchema | undefined => {
    const path = schemaPath(template, { ...object, versionName, strict });
    const json = jsonOf(read(path));
    return json && { schema: schemaFromJson(json, patterns), location: `file://${path}`, refusesUnknown: true };
  };
  const find = (object: ObjectKind): FoundSchema | undefined => {
    for (const place of places) {
      const found = place.type === "built-in" ? builtIn(object) : inFile(place.template, object);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return (object) => {
    const name = `${object.apiVersion} ${object.kind}`;
    if (!known.has(name)) known.set(name, find(object));
    return known.get(name);
  };
}

// What is no JSON is as good as none: the next place is asked.
function jsonOf(text: string | undefined): object | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const builtInName =
  "built-in/{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json";
