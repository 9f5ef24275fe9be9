import type { Definition, SchemaNode } from "./node.ts";
import table from "./table.generated.json" with { type: "json" };

/** The built-in kinds of one minor of Kubernetes; parts are read when they are asked for. */
export interface Schemas {
  readonly minor: number;
  /** The schema of a kind, if this minor has it. */
  find(apiVersion: string, kind: string): SchemaNode | undefined;
}

/** The minors of the table, in order. */
export const tableMinors: readonly number[] = table.minors;

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
  const { mask = 0 } = kindsOf(apiVersion).get(kind) ?? {};
  return tableMinors.filter((_, index) => (mask & (1 << index)) !== 0);
}

/** The API versions that have a kind of this name in a minor. */
export function apiVersionsOf(kind: string, minor: number): readonly string[] {
  return Object.keys(table.kinds).filter((apiVersion) => minorsWith(apiVersion, kind).includes(minor));
}

/** The kinds of an API version, of any minor; none for what is not built in. */
export function kindNames(apiVersion: string): readonly string[] {
  return [...kindsOf(apiVersion).keys()];
}

interface KindEntry {
  readonly definition: number;
  readonly mask: number;
}

const allMinors = 2 ** tableMinors.length - 1;
const kinds = new Map<string, ReadonlyMap<string, KindEntry>>();

function kindsOf(apiVersion: string): ReadonlyMap<string, KindEntry> {
  let found = kinds.get(apiVersion);
  if (found === undefined) {
    const text = Object.hasOwn(table.kinds, apiVersion) ? table.kinds[apiVersion as keyof typeof table.kinds] : "";
    found = new Map(
      text.split(" ").flatMap((entry) => {
        const [, name, definition = "", mask] = /^(\w+)#(\w+)(?:@(\w+))?$/.exec(entry) ?? [];
        return name === undefined
          ? []
          : [[name, { definition: Number.parseInt(definition, 36), mask: bits(mask) }] as const];
      }),
    );
    kinds.set(apiVersion, found);
  }
  return found;
}

function bits(mask: string | undefined): number {
  return mask === undefined ? allMinors : Number.parseInt(mask, 36);
}

function makeSchemas(minor: number): Schemas {
  const nodes: (SchemaNode | undefined)[] = [];
  const tools: Tools = {
    bit: 1 << tableMinors.indexOf(minor),
    nodeAt: (index) => (nodes[index] ??= makeNode(index, tools)),
  };
  return {
    minor,
    find: (apiVersion, kind) => {
      const entry = kindsOf(apiVersion).get(kind);
      return entry === undefined || (entry.mask & tools.bit) === 0 ? undefined : tools.nodeAt(entry.definition);
    },
  };
}

interface Tools {
  readonly bit: number;
  nodeAt(index: number): SchemaNode;
}

function makeNode(index: number, tools: Tools): SchemaNode {
  const text = table.definitions[index] ?? "";
  if (text.startsWith("=")) return readType(text.slice(1), tools);
  let definition: Definition | undefined;
  return { type: "object", definition: () => (definition ??= readDefinition(text, tools)) };
}

// Each field as name, "!" if it is required, ":" with its type if that is not text, "@" with its minors if not all.
function readDefinition(text: string, tools: Tools): Definition {
  const fields = new Map<string, SchemaNode>();
  const required: string[] = [];
  for (const field of text.split(" ")) {
    const [plain = "", mask] = field.split("@");
    if (mask !== undefined && (bits(mask) & tools.bit) === 0) continue;
    const [key = "", type] = plain.split(":");
    const name = key.endsWith("!") ? key.slice(0, -1) : key;
    if (name !== key) required.push(name);
    fields.set(name, type === undefined ? scalars.s : readType(type, tools));
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
        values: (table.enumerations[Number.parseInt(rest, 36)] ?? "").split(" "),
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
