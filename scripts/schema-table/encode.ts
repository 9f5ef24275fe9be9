import { enumerations } from "./enumerations.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { apiVersionOf, objectKinds, type Release, type Schema } from "./openapi.ts";
import { typeText, wholeType } from "./types.ts";

/**
 * The module that src/schema/table.ts reads, with a line for each definition in one text, which loads faster than a
 * thousand; the same input gives the same module.
 */
export function encodeTable(releases: readonly Release[], lifecycles: readonly Lifecycle[]): string {
  const minors = releases.map(({ version }) => Number(version.split(".")[1]));
  const all = 2 ** releases.length - 1;
  const definitions = united(releases);
  const numbers = numbered(definitions);
  const kinds = new Map<string, Map<string, { readonly name: string; mask: number }>>();
  for (const [index, { document }] of releases.entries()) {
    for (const [name, schema] of Object.entries(document.definitions)) {
      for (const kind of objectKinds(schema)) {
        const group = kinds.get(apiVersionOf(kind)) ?? new Map();
        kinds.set(apiVersionOf(kind), group);
        const entry = group.get(kind.kind) ?? { name, mask: 0 };
        group.set(kind.kind, { ...entry, mask: entry.mask | (1 << index) });
      }
    }
  }
  const suffix = (mask: number, whole = all): string => (mask === whole ? "" : `@${mask.toString(36)}`);
  const kindLines = [...kinds]
    .toSorted(byName)
    .map(([apiVersion, group]) => [
      apiVersion,
      ...[...group]
        .toSorted(byName)
        .map(([kind, { name, mask }]) => `${kind}#${(numbers.get(name) ?? 0).toString(36)}${suffix(mask)}`),
    ]);
  const newest = Math.max(...minors);
  const endings = lifecycles
    .filter(({ kind, deprecated, removed }) => !kind.endsWith("List") && Math.min(deprecated || 99, removed) <= newest)
    .map(({ apiVersion, kind, deprecated, removed, replacement }) =>
      [apiVersion, kind, deprecated, removed, replacement && `${apiVersionOf(replacement)} ${replacement.kind}`]
        .join(" ")
        .trimEnd(),
    );
  const lines = [...new Set([...numbers.entries()].toSorted((a, b) => a[1] - b[1]).map(([, number]) => number))].map(
    (number) => {
      const [name = ""] = [...numbers].find(([, candidate]) => candidate === number) ?? [];
      return definitionText(definitions.get(name), { numbers, suffix });
    },
  );
  const text = (entries: readonly string[]): string => {
    const joined = entries.join("\n");
    if (/[`\\]|\$\{/.test(joined)) throw new Error("the table would need escapes");
    return `\`\n${joined}\n\``;
  };
  return `// Made by scripts/make-schema-table.
export const releases: readonly string[] = ${JSON.stringify(releases.map(({ version }) => version))};
export const minors: readonly number[] = ${JSON.stringify(minors)};

/** A line each, numbered from 0, after an empty one. */
export const enumerations = ${text(Object.values(enumerations).map((values) => values.join(" ")))};

/** Each API version with its kinds: name, "#" and the number of the definition, "@" and the minors if not all. */
export const kinds = ${text(kindLines.map((line) => line.join(" ")))};

/** API version, kind, the minors in which it is deprecated and removed, and what takes its place. */
export const endings = ${text(endings)};

/** A line each, numbered from 0, after an empty one. */
export const definitions = ${text(lines)};
`;
}

interface Definition {
  /** Releases that have it, a bit each. */
  mask: number;
  readonly whole: string | undefined;
  /** By name, type and whether it is required. */
  readonly fields: Map<string, number>;
}

function united(releases: readonly Release[]): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const [index, { document }] of releases.entries()) {
    for (const name of reachable(document.definitions)) {
      const schema = document.definitions[name] ?? {};
      const definition = definitions.get(name) ?? { mask: 0, whole: wholeType(name, schema), fields: new Map() };
      definition.mask |= 1 << index;
      for (const [field, value] of Object.entries(schema.properties ?? {})) {
        const key = `${field}${schema.required?.includes(field) === true ? "!" : ""}:${typeText(value, `${name}.${field}`)}`;
        definition.fields.set(key, (definition.fields.get(key) ?? 0) | (1 << index));
      }
      definitions.set(name, definition);
    }
  }
  return new Map([...definitions].toSorted(byName));
}

function reachable(definitions: Readonly<Record<string, Schema>>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const schema = definitions[name];
    if (found.has(name) || schema === undefined) return;
    found.add(name);
    for (const [, target = ""] of JSON.stringify(schema.properties ?? {}).matchAll(/"#\/definitions\/([^"]+)"/g))
      visit(target);
  };
  for (const [name, schema] of Object.entries(definitions)) if (objectKinds(schema).length > 0) visit(name);
  return found;
}

// Definitions that say the same share a number: versions of a group repeat each other.
function numbered(definitions: ReadonlyMap<string, Definition>): ReadonlyMap<string, number> {
  let classes = new Map([...definitions.keys()].map((name) => [name, ""]));
  for (let count = 0; ;) {
    const texts = new Map(
      [...definitions].map(([name, { whole, fields, mask }]) => {
        const own = [...fields].map(([key, bits]) => `${resolved(key, classes)}@${bits === mask ? "" : bits}`);
        return [name, whole ?? own.toSorted().join(" ")];
      }),
    );
    const numbers = new Map([...new Set(texts.values())].map((text, index) => [text, String(index)]));
    classes = new Map([...texts].map(([name, text]) => [name, numbers.get(text) ?? ""]));
    if (numbers.size === count) break;
    count = numbers.size;
  }
  return new Map([...classes].map(([name, number]) => [name, Number(number)]));
}

function resolved(key: string, classes: ReadonlyMap<string, string | number>): string {
  return key.replaceAll(/#([^;]+);/g, (_, name: string) => `#${classes.get(name) ?? ""};`);
}

function definitionText(
  definition: Definition | undefined,
  tools: { readonly numbers: ReadonlyMap<string, number>; suffix(mask: number, whole: number): string },
): string {
  if (definition === undefined) return "";
  if (definition.whole !== undefined) return `=${definition.whole}`;
  const encoded = new Map([...tools.numbers].map(([name, number]) => [name, number.toString(36)]));
  return [...definition.fields]
    .toSorted(byName)
    .map(
      ([key, bits]) =>
        resolved(key, encoded).replace(/;$/, "").replace(/:s$/, "") + tools.suffix(bits, definition.mask),
    )
    .join(" ");
}

function byName<Value>([a]: readonly [string, Value], [b]: readonly [string, Value]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
