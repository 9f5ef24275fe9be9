import { enumerations } from "./enumerations.ts";
import { referenceOf, type Schema } from "./openapi.ts";

/** Definitions that stand for one scalar each, with the letter of its type in the table. */
const scalarDefinitions: Readonly<Record<string, string>> = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": "q",
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "x",
  "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "d",
  "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "d",
};

/**
 * The type of a value as src/schema/table.ts reads it: a letter for a scalar, `[` before the type of a list's
 * items, `{` before that of a map's values, `#NAME` for a definition, `eN` for one of a list of values.
 */
export function typeText(schema: Schema, place: string): string {
  const values = Object.keys(enumerations).findIndex((name) => place.endsWith(name));
  if (values >= 0) return `e${values.toString(36)}`;
  const reference = referenceOf(schema);
  if (reference !== undefined) return scalarDefinitions[reference] ?? `#${reference};`;
  switch (schema.type) {
    case "array":
      return `[${typeText(schema.items ?? {}, "")}`;
    case "object":
      return schema.additionalProperties === undefined ? "o" : `{${typeText(schema.additionalProperties, "")}`;
    case "integer":
      return schema.format === "int64" ? "l" : "i";
    case "number":
      return "n";
    case "boolean":
      return "b";
    case "string":
      return schema.format === "byte" ? "y" : "s";
    case undefined:
    default:
      return "a";
  }
}

/** What a definition is, if it has no fields of its own. */
export function wholeType(name: string, schema: Schema): string | undefined {
  if (schema.properties !== undefined) return undefined;
  return scalarDefinitions[name] ?? (schema.type === "object" ? "o" : "a");
}
