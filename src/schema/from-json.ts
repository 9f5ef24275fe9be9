import { isRecord } from "../config/paths.ts";
import type { SchemaNode } from "./node.ts";
import { schemasOf, tableMinors } from "./table.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * The schema of a custom resource, from the OpenAPI v3 of a CustomResourceDefinition or from JSON Schema as
 * kubeconform's users keep it: types, required fields, unknown fields and lists of values. Patterns, limits and
 * CEL are the API server's.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation
 */
export function schemaFromJson(schema: unknown): SchemaNode {
  const node = nodeOf(schema);
  if (node.type !== "object") return node;
  const { fields, required, others } = node.definition();
  const metadata = schemasOf(tableMinors.at(-1) ?? 0).find("v1", "ConfigMap");
  const named = metadata?.type === "object" ? metadata.definition().fields.get("metadata") : undefined;
  // Every object has these, and a definition need not say so.
  const all = new Map([...fields, ["apiVersion", text], ["kind", text], ["metadata", named ?? anything]] as const);
  return { type: "object", definition: () => ({ fields: all, required, ...(others && { others }) }) };
}

const text: SchemaNode = { type: "text" };
const anything: SchemaNode = { type: "any" };

function nodeOf(schema: unknown): SchemaNode {
  if (!isRecord(schema)) return anything;
  if (schema["x-kubernetes-int-or-string"] === true || schema["format"] === "int-or-string")
    return { type: "int-or-string" };
  const values = schema["enum"];
  if (Array.isArray(values) && values.every((value) => typeof value === "string"))
    return { type: "enumeration", values, orEmpty: false };
  switch ([schema["type"]].flat().find((type) => type !== "null")) {
    case "object":
      return objectOf(schema);
    case "array":
      return { type: "list", items: nodeOf(schema["items"]) };
    case "string":
      return schema["format"] === "date-time" ? { type: "time" } : text;
    case "integer":
      return { type: schema["format"] === "int32" ? "int32" : "int64" };
    case "number":
      return { type: "number" };
    case "boolean":
      return { type: "boolean" };
    default:
      return isRecord(schema["properties"]) ? objectOf(schema) : anything;
  }
}

function objectOf(schema: Json): SchemaNode {
  const { properties, additionalProperties, required } = schema;
  if (!isRecord(properties))
    return isRecord(additionalProperties)
      ? { type: "map", values: nodeOf(additionalProperties) }
      : { type: "map of anything" };
  const isOpen = schema["x-kubernetes-preserve-unknown-fields"] === true || additionalProperties === true;
  const others = isOpen ? anything : isRecord(additionalProperties) ? nodeOf(additionalProperties) : undefined;
  const fields = new Map(Object.entries(properties).map(([name, part]) => [name, nodeOf(part)]));
  const names = Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
  return { type: "object", definition: () => ({ fields, required: names, ...(others && { others }) }) };
}
