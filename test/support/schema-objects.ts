import type { JsonSchema } from "./upstream-schemas.ts";
import type { Random } from "./random.ts";

/** A value that a schema allows, with some of its fields; not deeper than `depth`. */
export function valueOf(schema: JsonSchema, random: Random, depth = 6): unknown {
  const type = Array.isArray(schema["type"]) ? (schema["type"] as readonly string[])[0] : schema["type"];
  if (schema["oneOf"] !== undefined) return random.pick(["10", "500m", 3]);
  const properties = (schema["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = (schema["required"] ?? []) as readonly string[];
  switch (type) {
    case "object": {
      const entries = Object.entries(properties).filter(
        ([name, part]) =>
          required.includes(name) || (depth > 0 && part["x-cut"] !== true && random.oneIn(depth > 4 ? 2 : 5)),
      );
      const values = schema["additionalProperties"];
      const free =
        isUsable(values) && depth > 0 ? [["some-key", valueOf(values as JsonSchema, random, depth - 1)]] : [];
      return Object.fromEntries([...entries.map(([name, part]) => [name, valueOf(part, random, depth - 1)]), ...free]);
    }
    case "array":
      return depth > 0 && isUsable(schema["items"])
        ? Array.from({ length: 1 + random.below(2) }, () => valueOf(schema["items"] as JsonSchema, random, depth - 1))
        : [];
    case "integer":
      return random.below(1000);
    case "number":
      return random.pick([1.5, 2]);
    case "boolean":
      return random.oneIn(2);
    case "string":
      if (schema["format"] === "date-time") return "2026-01-31T12:00:00Z";
      return schema["format"] === "byte" ? "YWJj" : random.pick(["a", "web", "yes", "10", "x: y"]);
    default:
      return {};
  }
}

/** The same value with one mistake somewhere: a field that is not there, one that is missing, or another type. */
export function withMistake(value: unknown, random: Random): unknown {
  const places = placesIn(value, []).filter(
    (path) => path.length > 0 && !["kind", "apiVersion"].includes(String(path[0])),
  );
  const copy = structuredClone(value) as Record<string, unknown>;
  const path = places.length === 0 ? ["spec"] : random.pick(places);
  const parent = path
    .slice(0, -1)
    .reduce<Record<string | number, unknown>>((node, step) => node[step] as Record<string, unknown>, copy);
  const last = path.at(-1) ?? "";
  const edits: readonly (() => void)[] = [
    () => void (parent[last] = { wrong: [1] }),
    () => void (parent[last] = [["wrong"]]),
    () => void (parent[last] = typeof parent[last] === "string" ? 17 : "wrong"),
    () => void (Array.isArray(parent) ? parent.push({ unknownField: 1 }) : (parent["unknownField"] = 1)),
    () => void (Array.isArray(parent) ? parent.splice(Number(last), 1) : delete parent[last]),
    () => void (parent[last] = null),
  ];
  random.pick(edits)();
  return copy;
}

function placesIn(value: unknown, path: readonly (string | number)[]): readonly (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, entry]) => placesIn(entry, [...path, key]))];
}

function isUsable(schema: unknown): boolean {
  return typeof schema === "object" && schema !== null && !("x-cut" in schema);
}
