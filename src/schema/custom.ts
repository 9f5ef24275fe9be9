import { isRecord, readPath } from "../config/paths.ts";
import { readManifests } from "../yaml/read-manifests.ts";
import type { CustomSchemas } from "./custom-schemas.ts";
import { schemaFromDefinition, schemaFromJson } from "./from-json.ts";
import type { SchemaNode } from "./node.ts";
import type { PatternReader } from "./restrictions.ts";

/** A file that may hold schemas. */
interface SchemaFile {
  readonly file: string;
  readonly text: string;
}

/** The schemas that CustomResourceDefinitions among the files define. */
export function definedIn(files: readonly SchemaFile[], patterns?: PatternReader): CustomSchemas {
  const found = files
    .filter(hasDefinition)
    .flatMap(({ file, text }) =>
      readManifests(file, text).documents.flatMap(({ value }) => schemasOfDefinition(value, patterns)),
    );
  return new Map(found);
}

/** Whether a file may hold a definition of custom resources. */
export function hasDefinition({ text }: SchemaFile): boolean {
  return text.includes("CustomResourceDefinition");
}

/** The same, and what lies in kubeconform's layout beside them: KIND-GROUP-VERSION.json, or GROUP/KIND_VERSION.json. */
export function schemaLibrary(files: readonly SchemaFile[], patterns?: PatternReader): CustomSchemas {
  return new Map([...files.flatMap((file) => jsonSchema(file, patterns)), ...definedIn(files, patterns)]);
}

type Entries = readonly (readonly [string, SchemaNode])[];

function schemasOfDefinition(value: unknown, patterns: PatternReader | undefined): Entries {
  if (!isRecord(value)) return [];
  if (value["kind"] === "List" && Array.isArray(value["items"]))
    return value["items"].flatMap((item: unknown) => schemasOfDefinition(item, patterns));
  if (value["kind"] !== "CustomResourceDefinition") return [];
  const group = readPath(value, ["spec", "group"]);
  const kind = readPath(value, ["spec", "names", "kind"]);
  const versions = readPath(value, ["spec", "versions"]);
  if (typeof group !== "string" || typeof kind !== "string" || !Array.isArray(versions)) return [];
  return versions.flatMap((version: unknown) => {
    const schema = readPath(version, ["schema", "openAPIV3Schema"]);
    const name = readPath(version, ["name"]);
    return typeof name === "string" && isRecord(schema)
      ? [[`${group}/${name} ${kind}`, schemaFromDefinition(schema, patterns)] as const]
      : [];
  });
}

// Names of files are in lower case and have only a part of the group: what is inside, or nothing, tells the rest.
function jsonSchema({ file, text }: SchemaFile, patterns: PatternReader | undefined): Entries {
  if (!file.endsWith(".json") || !text.includes('"properties"')) return [];
  const [document] = readManifests(file, text).documents;
  const schema = schemaFromJson(document?.value, patterns);
  const [directory = "", name = ""] = file.split("/").slice(-2);
  const own = readPath(document?.value, ["x-kubernetes-group-version-kind", 0]);
  if (isRecord(own)) return [[`${String(own["group"])}/${String(own["version"])} ${String(own["kind"])}`, schema]];
  const [, kind, version] = /^(\w+?)_(\w+)\.json$/.exec(name) ?? [];
  const [, dashKind, dashGroup, dashVersion] = /^(\w+)-(\w+)-(\w+)\.json$/.exec(name) ?? [];
  if (kind !== undefined) return [[`${directory}/${version} ${kind}`, schema]];
  return dashKind === undefined ? [] : [[`${dashGroup}./${dashVersion} ${dashKind}`, schema]];
}
