import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { goModule } from "./packages.ts";

/** A JSON Schema, as far as it is looked into. */
export type JsonSchema = { readonly [key: string]: unknown };

type Definitions = Readonly<Record<string, JsonSchema>>;

/** The definitions of a release's OpenAPI document, from the Go module of the release. */
export function openapiDefinitions(version: string): Definitions {
  const file = join(goModule(`k8s.io/kubernetes@${version}`), "api/openapi-spec/swagger.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly definitions: Definitions }).definitions;
}

/**
 * The schema of a kind as kubeconform's users have it: everything in one file, unknown fields refused, null
 * allowed where nothing is required. https://github.com/instrumenta/openapi2jsonschema
 */
export function standaloneStrict(definitions: Definitions, name: string): JsonSchema {
  return nullable(inlined(definitions, { schema: { ...definitions[name] }, above: [name] }), undefined) as JsonSchema;
}

interface Part {
  readonly schema: JsonSchema;
  readonly above: readonly string[];
}

function inlined(definitions: Definitions, { schema, above }: Part): JsonSchema {
  const reference = typeof schema["$ref"] === "string" ? schema["$ref"].replace("#/definitions/", "") : undefined;
  if (reference !== undefined) {
    if (reference.endsWith(".resource.Quantity")) return { oneOf: [{ type: "string" }, { type: "number" }] };
    if (reference.endsWith(".intstr.IntOrString")) return { oneOf: [{ type: "string" }, { type: "integer" }] };
    // A type that contains itself, such as JSONSchemaProps, ends here: nothing is made of it.
    if (above.includes(reference)) return { type: "object", "x-cut": true };
    return inlined(definitions, { schema: definitions[reference] ?? {}, above: [...above, reference] });
  }
  const entries = Object.entries(schema).map(([key, value]): readonly [string, unknown] => {
    if (key === "items" || key === "additionalProperties")
      return [key, inlined(definitions, { schema: value as JsonSchema, above })];
    if (key !== "properties") return [key, value];
    const properties = Object.entries(value as Definitions).map(([field, part]) => [
      field,
      inlined(definitions, { schema: part, above }),
    ]);
    return [key, Object.fromEntries(properties)];
  });
  const isClosed = schema["properties"] !== undefined && schema["additionalProperties"] === undefined;
  return { ...Object.fromEntries(entries), ...(isClosed ? { additionalProperties: false } : {}) };
}

function nullable(schema: unknown, isRequired: boolean | undefined): unknown {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return schema;
  const { type, properties, required = [] } = schema as JsonSchema & { readonly required?: readonly string[] };
  const parts = Object.entries(schema).map(([key, value]) => {
    if (key === "items" || (key === "additionalProperties" && typeof value === "object"))
      return [key, nullable(value, false)];
    if (key === "properties")
      return [
        key,
        Object.fromEntries(
          Object.entries(properties as JsonSchema).map(([field, part]) => [
            field,
            nullable(part, required.includes(field)),
          ]),
        ),
      ];
    return [key, value];
  });
  const own = typeof type === "string" && isRequired === false ? { type: [type, "null"] } : {};
  return { ...Object.fromEntries(parts), ...own };
}

/** A kind that a release has, and where its definition is. */
export interface BuiltInKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly definition: string;
}

/** The kinds of a release that a manifest can be; the lists of them that a server answers with on request. */
export function builtInKinds(definitions: Definitions, { withLists = false } = {}): readonly BuiltInKind[] {
  return Object.entries(definitions).flatMap(([definition, schema]) => {
    const kinds = (schema["x-kubernetes-group-version-kind"] ?? []) as readonly Readonly<Record<string, string>>[];
    return kinds.flatMap(({ group = "", version = "", kind = "" }) =>
      kind === "DeleteOptions" || kind === "WatchEvent" || (!withLists && kind.endsWith("List"))
        ? []
        : [{ apiVersion: group === "" ? version : `${group}/${version}`, kind, definition }],
    );
  });
}

// For who does not ask for strictness: fields that the schema does not have are allowed.
function withoutStrictness(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === "additionalProperties" && value === false ? undefined : value,
  );
  return JSON.parse(text) as JsonSchema;
}

interface SchemaToWrite {
  /** Such as v1.36.3. */
  readonly version: string;
  readonly kind: BuiltInKind;
  readonly schema: JsonSchema;
  readonly isStrict?: boolean;
}

/** Writes the schema of a kind where `-schema-location DIR` looks for it, with -strict unless told otherwise. */
export function writeSchema(directory: string, { version, kind, schema, isStrict = true }: SchemaToWrite): void {
  const [group = "", ofGroup] = kind.apiVersion.split("/");
  const suffix = ofGroup === undefined ? `-${group}` : `-${group.split(".")[0]}-${ofGroup}`;
  const place = join(directory, `${version}-standalone${isStrict ? "-strict" : ""}`);
  mkdirSync(place, { recursive: true });
  // Indented, as they are published.
  writeFileSync(join(place, `${kind.kind.toLowerCase()}${suffix}.json`), JSON.stringify(schema, null, 2));
}

/** Writes the schemas of some kinds of a release, strict and not, where `-schema-location DIR` looks for them. */
export function writeSchemas(directory: string, version: string, kinds: ReadonlySet<string>): void {
  const definitions = openapiDefinitions(version);
  for (const kind of builtInKinds(definitions, { withLists: true }).filter((one) => kinds.has(one.kind))) {
    const schema = standaloneStrict(definitions, kind.definition);
    writeSchema(directory, { version, kind, schema });
    writeSchema(directory, { version, kind, schema: withoutStrictness(schema), isStrict: false });
  }
}
