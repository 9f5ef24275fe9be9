import { isRecord } from "../config/paths.ts";
import type { SchemaNode } from "./node.ts";
import { type Json, type PatternReader, restrictionsOf } from "./restrictions.ts";
import { schemasOf, tableMinors } from "./table.ts";

/**
 * The schema of a custom resource, from the OpenAPI v3 of its definition: fields that it does not name are unknown.
 * CEL rules are the API server's.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation
 */
export function schemaFromDefinition(schema: unknown, patterns?: PatternReader): SchemaNode {
  return ofAnyObject(nodeOf(schema, { isClosed: true, root: schema, patterns }));
}

/** The schema of a kind, from JSON Schema as kubeconform's users keep it: it says itself whether there may be more. */
export function schemaFromJson(schema: unknown, patterns?: PatternReader): SchemaNode {
  return ofAnyObject(nodeOf(schema, { isClosed: false, root: schema, patterns }));
}

// Every object has these, and a definition need not say so.
function ofAnyObject(node: SchemaNode): SchemaNode {
  if (node.type === "restricted") return { ...node, node: ofAnyObject(node.node) };
  if (node.type !== "object") return node;
  const definition = once(() => {
    const { fields, ...rest } = node.definition();
    const metadata = schemasOf(tableMinors.at(-1) ?? 0).find("v1", "ConfigMap");
    const named = metadata?.type === "object" ? metadata.definition().fields.get("metadata") : undefined;
    return {
      ...rest,
      fields: new Map([...fields, ["apiVersion", text], ["kind", text], ["metadata", named ?? anything]] as const),
    };
  });
  return { type: "object", definition };
}

interface Reading {
  /** Whether fields without a schema are mistakes where nothing is said of them. */
  readonly isClosed: boolean;
  /** Where local references lead. */
  readonly root: unknown;
  readonly patterns: PatternReader | undefined;
}

const text: SchemaNode = { type: "text" };
const anything: SchemaNode = { type: "any" };

function nodeOf(schema: unknown, reading: Reading): SchemaNode {
  const target = resolved(schema, reading.root);
  if (!isRecord(target)) return anything;
  const node = formOf(target, reading);
  // Alternatives name what must be there of a value, not everything that may be.
  const part = (schemaPart: unknown): SchemaNode => nodeOf(schemaPart, { ...reading, isClosed: false });
  const restrictions = restrictionsOf(target, { node, part, patterns: reading.patterns });
  return restrictions.length === 0 ? node : { type: "restricted", node, restrictions };
}

function formOf(schema: Json, reading: Reading): SchemaNode {
  if (schema["x-kubernetes-int-or-string"] === true || schema["format"] === "int-or-string")
    return { type: "int-or-string" };
  const types = [schema["type"]].flat().filter((type) => type !== "null");
  if (types.length > 1) return anything;
  const values = schema["enum"];
  if (Array.isArray(values) && values.every((value) => typeof value === "string"))
    return { type: "enumeration", values, orEmpty: false };
  switch (types[0]) {
    case "object":
      return objectOf(schema, reading);
    case "array":
      return { type: "list", items: nodeOf(schema["items"], reading) };
    case "string":
      return schema["format"] === "date-time" ? { type: "time" } : text;
    case "integer":
      return { type: schema["format"] === "int32" ? "int32" : "int64" };
    case "number":
      return { type: "number" };
    case "boolean":
      return { type: "boolean" };
    default:
      return reading.isClosed && isRecord(schema["properties"]) ? objectOf(schema, reading) : anything;
  }
}

function objectOf(schema: Json, reading: Reading): SchemaNode {
  const { properties, additionalProperties, required } = schema;
  const names = Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
  if (!isRecord(properties) && names.length === 0 && additionalProperties !== false)
    return isRecord(additionalProperties)
      ? { type: "map", values: nodeOf(additionalProperties, reading) }
      : { type: "map of anything" };
  const isOpen =
    schema["x-kubernetes-preserve-unknown-fields"] === true ||
    additionalProperties === true ||
    isRecord(schema["patternProperties"]) ||
    (!isRecord(properties) && additionalProperties === undefined) ||
    (!reading.isClosed && additionalProperties === undefined);
  const definition = once(() => {
    const others = isOpen
      ? anything
      : isRecord(additionalProperties)
        ? nodeOf(additionalProperties, reading)
        : undefined;
    const own = Object.entries(isRecord(properties) ? properties : {});
    const fields = new Map(own.map(([name, part]) => [name, nodeOf(part, reading)]));
    return { fields: new Map([...embedded(schema), ...fields]), required: names, ...(others && { others }) };
  });
  return { type: "object", definition };
}

// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#rawextension
function embedded(schema: Json): readonly (readonly [string, SchemaNode])[] {
  if (schema["x-kubernetes-embedded-resource"] !== true) return [];
  return [
    ["apiVersion", text],
    ["kind", text],
    ["metadata", anything],
  ];
}

// Types may contain themselves; where a reference leads nowhere, or round in a circle, nothing is known.
function resolved(schema: unknown, root: unknown): unknown {
  let target = schema;
  for (let step = 0; isRecord(target) && typeof target["$ref"] === "string"; step++) {
    if (step > 20 || !target["$ref"].startsWith("#/")) return undefined;
    target = target["$ref"]
      .slice(2)
      .split("/")
      .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>((node, name) => (isRecord(node) && Object.hasOwn(node, name) ? node[name] : undefined), root);
  }
  return target;
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}
