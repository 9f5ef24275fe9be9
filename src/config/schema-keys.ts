import type * as v from "valibot";

import { configurationSchema } from "./schema.ts";

/** One key of the configuration, as the reference shows it; `[]` stands for any item of a list. */
export interface SchemaKey {
  readonly key: string;
  readonly description: string;
  /** `string`, `list of string`, or the words allowed. */
  readonly type: string;
}

/** Every key in the schema's own order. */
export function schemaKeys(): readonly SchemaKey[] {
  return keysBelow(configurationSchema, "");
}

/** The entries of a map in the schema, or undefined where the schema has no fixed keys. */
export function entriesOf(schema: v.GenericSchema): Readonly<Record<string, v.GenericSchema>> | undefined {
  const inner = unwrap(schema);
  return inner.type === "object" && "entries" in inner ? (inner.entries as Record<string, v.GenericSchema>) : undefined;
}

/** The schema of the items of a list, or undefined. */
export function itemOf(schema: v.GenericSchema): v.GenericSchema | undefined {
  const inner = unwrap(schema);
  return inner.type === "array" && "item" in inner ? (inner.item as v.GenericSchema) : undefined;
}

function keysBelow(schema: v.GenericSchema, prefix: string): readonly SchemaKey[] {
  return Object.entries(entriesOf(schema) ?? {}).flatMap(([name, entry]) => {
    const key = prefix === "" ? name : `${prefix}.${name}`;
    const item = itemOf(entry);
    const nested = item === undefined ? keysBelow(entry, key) : keysBelow(item, `${key}[]`);
    return [{ key, description: descriptionOf(entry), type: typeOf(entry) }, ...nested];
  });
}

function typeOf(schema: v.GenericSchema): string {
  const inner = unwrap(schema);
  if ("options" in inner) return (inner.options as readonly string[]).join(" | ");
  if ("literal" in inner) return String(inner.literal);
  const item = itemOf(schema);
  if (item !== undefined) return `list of ${typeOf(item)}`;
  return entriesOf(schema) === undefined && inner.type !== "record" && inner.type !== "loose_object"
    ? inner.type
    : "map";
}

function descriptionOf(schema: v.GenericSchema): string {
  const action = pipeOf(withoutOptional(schema)).find((item) => item.type === "description");
  return action !== undefined && "description" in action ? String(action.description) : "";
}

// valibot's schemas are plain objects: an optional wraps its schema, a pipe lists the schema first.
function unwrap(schema: v.GenericSchema): v.GenericSchema {
  const inner = withoutOptional(schema);
  const first = pipeOf(inner)[0];
  return first === undefined || first === inner ? inner : unwrap(first as v.GenericSchema);
}

function withoutOptional(schema: v.GenericSchema): v.GenericSchema {
  return "wrapped" in schema ? (schema.wrapped as v.GenericSchema) : schema;
}

function pipeOf(schema: v.GenericSchema): readonly { readonly type: string }[] {
  return "pipe" in schema ? (schema.pipe as readonly { readonly type: string }[]) : [];
}
