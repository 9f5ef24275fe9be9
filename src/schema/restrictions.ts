import { isRecord } from "../config/paths.ts";
import { complaintsAbout } from "./judge.ts";
import { formats } from "./json-formats.ts";
import type { Restriction, SchemaNode } from "./node.ts";

export type Json = Readonly<Record<string, unknown>>;

/** Reads a pattern in Go's grammar; undefined for what is none. */
export type PatternReader = (pattern: string) => ((text: string) => boolean) | undefined;

/** What keywords are read with. */
interface Tools {
  /** The form of the value itself. */
  readonly node: SchemaNode;
  /** The schema of an alternative. */
  part(schema: unknown): SchemaNode;
  readonly patterns: PatternReader | undefined;
}

/**
 * Everything that a JSON Schema asks for besides the form of a value: limits, patterns, formats, alternatives.
 * https://datatracker.ietf.org/doc/html/draft-fge-json-schema-validation-00
 */
export function restrictionsOf(schema: Json, tools: Tools): readonly Restriction[] {
  const found: Restriction[] = [];
  for (const name in schema) {
    const make = Object.hasOwn(keywords, name) ? keywords[name] : undefined;
    const restriction = make?.(schema[name], { ...tools, schema });
    if (restriction !== undefined) found.push(restriction);
  }
  return found;
}

type Keyword = (limit: unknown, tools: Tools & { readonly schema: Json }) => Restriction | undefined;

const keywords: Readonly<Record<string, Keyword>> = {
  type: (types, { schema, part }) => {
    const several = [types].flat().filter((type) => type !== "null");
    if (several.length < 2) return undefined;
    return alternatives(
      several.map((type) => part({ ...schema, type })),
      (count) => count > 0,
    );
  },
  pattern: (pattern, { patterns }) => {
    const matches = typeof pattern === "string" ? patterns?.(pattern) : undefined;
    return matches && ifText((text) => matches(text), `does not match ${String(pattern)}`);
  },
  format: (format) => {
    const known = typeof format === "string" && Object.hasOwn(formats, format) ? formats[format] : undefined;
    return known && ifText(known.holds, `is not ${known.name}`);
  },
  minLength: (limit) =>
    ifText((text) => lengthOf(text) >= Number(limit), `is shorter than ${counted(limit, "character")}`),
  maxLength: (limit) =>
    ifText((text) => lengthOf(text) <= Number(limit), `is longer than ${counted(limit, "character")}`),
  minimum: (limit, { schema }) =>
    schema["exclusiveMinimum"] === true
      ? ifNumber((value) => value > Number(limit), `is not more than ${String(limit)}`)
      : ifNumber((value) => value >= Number(limit), `is less than ${String(limit)}`),
  maximum: (limit, { schema }) =>
    schema["exclusiveMaximum"] === true
      ? ifNumber((value) => value < Number(limit), `is not less than ${String(limit)}`)
      : ifNumber((value) => value <= Number(limit), `is more than ${String(limit)}`),
  exclusiveMinimum: (limit) =>
    typeof limit === "number" ? ifNumber((value) => value > limit, `is not more than ${limit}`) : undefined,
  exclusiveMaximum: (limit) =>
    typeof limit === "number" ? ifNumber((value) => value < limit, `is not less than ${limit}`) : undefined,
  multipleOf: (unit) =>
    ifNumber((value) => Number.isInteger(value / Number(unit)), `is no multiple of ${String(unit)}`),
  minItems: (limit) => ifList((items) => items.length >= Number(limit), `has fewer than ${counted(limit, "item")}`),
  maxItems: (limit) => ifList((items) => items.length <= Number(limit), `has more than ${counted(limit, "item")}`),
  uniqueItems: (isAsked) =>
    isAsked === true
      ? ifList((items) => new Set(items.map(canonical)).size === items.length, "has an item twice")
      : undefined,
  minProperties: (limit) =>
    ifMap((map) => Object.keys(map).length >= Number(limit), `has fewer than ${counted(limit, "field")}`),
  maxProperties: (limit) =>
    ifMap((map) => Object.keys(map).length <= Number(limit), `has more than ${counted(limit, "field")}`),
  enum: (values, { node }) => {
    if (node.type === "enumeration" || !Array.isArray(values)) return undefined;
    const known = new Set(values.map(canonical));
    return restriction((value) => known.has(canonical(value)), `is none of ${values.map(canonical).join(", ")}`);
  },
  // Where no type is asked for, what a map must have is asked of maps only.
  properties: (properties, { node, schema, part }) => {
    if (node.type !== "any" || !isRecord(properties)) return undefined;
    const map = part({ ...objectKeywords(schema), type: "object" });
    return (value) => (isRecord(value) ? firstComplaint(value, map) : undefined);
  },
  required: (_, { node, schema, part }) => {
    if (node.type !== "any" || isRecord(schema["properties"])) return undefined;
    const map = part({ ...objectKeywords(schema), type: "object" });
    return (value) => (isRecord(value) ? firstComplaint(value, map) : undefined);
  },
  allOf: (schemas, { part }) => {
    const nodes = list(schemas).map(part);
    return (value) => nodes.map((node) => firstComplaint(value, node)).find((complaint) => complaint !== undefined);
  },
  anyOf: (schemas, { part }) => alternatives(list(schemas).map(part), (count) => count > 0),
  oneOf: (schemas, { part }) => alternatives(list(schemas).map(part), (count) => count === 1),
  not: (schema, { part }) => {
    const node = part(schema);
    return restriction((value) => complaintsAbout(value, node).length > 0, "is what the schema forbids");
  },
};

function objectKeywords({ properties, required, additionalProperties }: Json): Json {
  return {
    ...(properties !== undefined && { properties }),
    ...(required !== undefined && { required }),
    ...(additionalProperties !== undefined && { additionalProperties }),
  };
}

function alternatives(nodes: readonly SchemaNode[], isEnough: (count: number) => boolean): Restriction {
  return (value) => {
    const complaints = nodes.map((node) => firstComplaint(value, node));
    const fitting = complaints.filter((complaint) => complaint === undefined).length;
    if (isEnough(fitting)) return undefined;
    if (fitting > 0)
      return { message: `is ${fitting} of its forms at once`, remedy: "write it so that it is one of them only" };
    const reasons = [...new Set(complaints.flatMap((complaint) => complaint?.message ?? []))].join("; or it ");
    return { message: `has none of its forms: it ${reasons}`, remedy: "write it in one of its forms" };
  };
}

function firstComplaint(value: unknown, node: SchemaNode): ReturnType<Restriction> {
  const [first] = complaintsAbout(value, node);
  if (first === undefined) return undefined;
  const { path, message, remedy } = first;
  return { message: path.length === 0 ? message : `has ${path.join(".")}, which ${message}`, remedy };
}

function ifText(holds: (text: string) => boolean, message: string): Restriction {
  return restriction((value) => typeof value !== "string" || holds(value), message);
}

function ifNumber(holds: (value: number) => boolean, message: string): Restriction {
  return restriction((value) => typeof value !== "number" || holds(value), message);
}

function ifList(holds: (items: readonly unknown[]) => boolean, message: string): Restriction {
  return restriction((value) => !Array.isArray(value) || holds(value), message);
}

function ifMap(holds: (map: Json) => boolean, message: string): Restriction {
  return restriction((value) => !isRecord(value) || holds(value), message);
}

function restriction(holds: (value: unknown) => boolean, message: string): Restriction {
  return (value) =>
    holds(value) ? undefined : { message: `${shown(value)}${message}`, remedy: "write what the schema asks for" };
}

function shown(value: unknown): string {
  const text = typeof value === "object" ? "" : JSON.stringify(value);
  return text === "" || text.length > 80 ? "" : `${text} `;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function counted(limit: unknown, what: string): string {
  return `${String(limit)} ${what}${limit === 1 ? "" : "s"}`;
}

// Characters, not the units of JavaScript's texts.
function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** The same text for values that are the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const entries = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${entries.join(",")}}`;
}
