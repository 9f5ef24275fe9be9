import { isRecord, readPath } from "../config/paths.ts";
import { readManifests } from "../yaml/read-manifests.ts";
import { schemaFromJson } from "./from-json.ts";
import type { SchemaNode } from "./node.ts";
import type { CustomSchemas } from "./custom-schemas.ts";

/** A file that may hold schemas. */
interface SchemaFile {
  readonly file: string;
  readonly text: string;
}

/** The schemas that CustomResourceDefinitions among the files define. */
export function definedIn(files: readonly SchemaFile[]): CustomSchemas {
  const found = files
    .filter(({ text }) => text.includes("CustomResourceDefinition"))
    .flatMap(({ file, text }) =>
      readManifests(file, text).documents.flatMap(({ value }) => schemasOfDefinition(value)),
    );
  return new Map(found);
}

/** The same, and what lies in kubeconform's layout beside them: KIND-GROUP-VERSION.json, or GROUP/KIND_VERSION.json. */
export function schemaLibrary(files: readonly SchemaFile[]): CustomSchemas {
  return new Map([...files.flatMap(jsonSchema), ...definedIn(files)]);
}

function schemasOfDefinition(value: unknown): readonly (readonly [string, SchemaNode])[] {
  if (!isRecord(value)) return [];
  if (value["kind"] === "List" && Array.isArray(value["items"])) return value["items"].flatMap(schemasOfDefinition);
  if (value["kind"] !== "CustomResourceDefinition") return [];
  const group = readPath(value, ["spec", "group"]);
  const kind = readPath(value, ["spec", "names", "kind"]);
  const versions = readPath(value, ["spec", "versions"]);
  if (typeof group !== "string" || typeof kind !== "string" || !Array.isArray(versions)) return [];
  return versions.flatMap((version: unknown) => {
    const schema = readPath(version, ["schema", "openAPIV3Schema"]);
    const name = readPath(version, ["name"]);
    return typeof name === "string" && isRecord(schema)
      ? [[`${group}/${name} ${kind}`, schemaFromJson(schema)] as const]
      : [];
  });
}

// Names of files are in lower case and have only a part of the group: what is inside, or nothing, tells the rest.
function jsonSchema({ file, text }: SchemaFile): readonly (readonly [string, SchemaNode])[] {
  if (!file.endsWith(".json") || !text.includes('"properties"')) return [];
  const [document] = readManifests(file, text).documents;
  const schema = document?.value;
  const [directory = "", name = ""] = file.split("/").slice(-2);
  const own = readPath(schema, ["x-kubernetes-group-version-kind", 0]);
  if (isRecord(own))
    return [[`${String(own["group"])}/${String(own["version"])} ${String(own["kind"])}`, schemaFromJson(schema)]];
  const [, kind, version] = /^(\w+?)_(\w+)\.json$/.exec(name) ?? [];
  const [, dashKind, dashGroup, dashVersion] = /^(\w+)-(\w+)-(\w+)\.json$/.exec(name) ?? [];
  if (kind !== undefined) return [[`${directory}/${version} ${kind}`, schemaFromJson(schema)]];
  return dashKind === undefined ? [] : [[`${dashGroup}./${dashVersion} ${dashKind}`, schemaFromJson(schema)]];
}
