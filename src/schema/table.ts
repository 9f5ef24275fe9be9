import type { Definition, SchemaNode } from "./node.ts";
import { definitions, enumerations, kinds, minors } from "./table.generated.ts";

/** The built-in kinds of one minor of Kubernetes; parts are read when they are asked for. */
export interface Schemas {
  readonly minor: number;
  /** The schema of a kind, if this minor has it. */
  find(apiVersion: string, kind: string): SchemaNode | undefined;
}

/** The minors of the table, in order. */
export const tableMinors: readonly number[] = minors;

/** The schemas of a minor; of the nearest one, where the table does not have it. */
export function schemasOf(asked: number): Schemas {
  const minor = Math.min(Math.max(asked, tableMinors[0] ?? asked), tableMinors.at(-1) ?? asked);
  const schemas = known.get(minor) ?? makeSchemas(minor);
  known.set(minor, schemas);
  return schemas;
}

const known = new Map<number, Schemas>();

/** In which minors a kind is built in; empty for one that never was since the first. */
export function minorsWith(apiVersion: string, kind: string): readonly number[] {
  const { mask = 0 } = kindEntry(apiVersion, kind) ?? {};
  return tableMinors.filter((_, index) => (mask & (1 << index)) !== 0);
}

/** The API versions that have a kind of this name in a minor. */
export function apiVersionsOf(kind: string, minor: number): readonly string[] {
  const apiVersions = lines(kinds).map((line) => line.slice(0, line.indexOf(" ")));
  return apiVersions.filter((apiVersion) => minorsWith(apiVersion, kind).includes(minor));
}

/** The kinds of an API version, of any minor; none for what is not built in. */
export function kindNames(apiVersion: string): readonly string[] {
  return kindsLine(apiVersion)
    .split(" ")
    .flatMap((entry) => (entry === "" ? [] : entry.slice(0, entry.indexOf("#"))));
}

interface KindEntry {
  readonly definition: number;
  readonly mask: number;
}

const allMinors = 2 ** tableMinors.length - 1;

// Looked for in the text: of all kinds, a run needs a few.
function kindEntry(apiVersion: string, kind: string): KindEntry | undefined {
  const line = kindsLine(apiVersion);
  const start = line.indexOf(` ${kind}#`);
  if (start < 0 || kind.includes(" ")) return undefined;
  const [definition = "", mask] = wordAt(line, start + kind.length + 2).split("@");
  return { definition: Number.parseInt(definition, 36), mask: bits(mask) };
}

// With a space before each kind.
function kindsLine(apiVersion: string): string {
  const start = kinds.indexOf(`\n${apiVersion} `);
  return start < 0 || apiVersion.includes(" ")
    ? ""
    : kinds.slice(start + 1 + apiVersion.length, kinds.indexOf("\n", start + 1));
}

function wordAt(line: string, start: number): string {
  const end = line.indexOf(" ", start);
  return end < 0 ? line.slice(start) : line.slice(start, end);
}

function bits(mask: string | undefined): number {
  return mask === undefined ? allMinors : Number.parseInt(mask, 36);
}

function makeSchemas(minor: number): Schemas {
  const nodes: (SchemaNode | undefined)[] = [];
  const entries = new Map<string, KindEntry | undefined>();
  const tools: Tools = {
    bit: 1 << tableMinors.indexOf(minor),
    nodeAt: (index) => (nodes[index] ??= makeNode(index, tools)),
  };
  return {
    minor,
    find: (apiVersion, kind) => {
      const key = `${apiVersion}\n${kind}`;
      const entry = entries.has(key) ? entries.get(key) : kindEntry(apiVersion, kind);
      entries.set(key, entry);
      return entry === undefined || (entry.mask & tools.bit) === 0 ? undefined : tools.nodeAt(entry.definition);
    },
  };
}

let definitionLines: readonly string[] | undefined;

/** The lines of a text of the table, which begins and ends with a line end. */
export function lines(text: string): readonly string[] {
  return text.slice(1, -1).split("\n");
}

interface Tools {
  readonly bit: number;
  nodeAt(index: number): SchemaNode;
}

function makeNode(index: number, tools: Tools): SchemaNode {
  const text = (definitionLines ??= lines(definitions))[index] ?? "";
  if (text.startsWith("=")) return readType(text.slice(1), tools);
  let definition: Definition | undefined;
  return { type: "object", definition: () => (definition ??= readDefinition(text, tools)) };
}

// Each field as name, "!" if it is required, ":" with its type if that is not text, "@" with its minors if not all.
function readDefinition(text: string, tools: Tools): Definition {
  const fields = new Map<string, SchemaNode>();
  const required: string[] = [];
  for (const field of text.split(" ")) {
    const at = field.indexOf("@");
    if (at >= 0 && (bits(field.slice(at + 1)) & tools.bit) === 0) continue;
    const plain = at >= 0 ? field.slice(0, at) : field;
    const colon = plain.indexOf(":");
    const key = colon >= 0 ? plain.slice(0, colon) : plain;
    const name = key.endsWith("!") ? key.slice(0, -1) : key;
    if (name !== key) required.push(name);
    fields.set(name, colon >= 0 ? readType(plain.slice(colon + 1), tools) : scalars.s);
  }
  return { fields, required };
}

function readType(text: string, tools: Tools): SchemaNode {
  const rest = text.slice(1);
  switch (text.charAt(0)) {
    case "[":
      return { type: "list", items: readType(rest, tools) };
    case "{":
      return { type: "map", values: readType(rest, tools) };
    case "#":
      return tools.nodeAt(Number.parseInt(rest, 36));
    case "e":
      return {
        type: "enumeration",
        values: (lines(enumerations)[Number.parseInt(rest, 36)] ?? "").split(" "),
        orEmpty: true,
      };
    default:
      return scalars[text as keyof typeof scalars];
  }
}

const scalars = {
  a: { type: "any" },
  o: { type: "map of anything" },
  s: { type: "text" },
  b: { type: "boolean" },
  i: { type: "int32" },
  l: { type: "int64" },
  n: { type: "number" },
  q: { type: "quantity" },
  x: { type: "int-or-string" },
  d: { type: "time" },
  y: { type: "bytes" },
} as const satisfies Readonly<Record<string, SchemaNode>>;
