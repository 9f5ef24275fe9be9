import { isRecord } from "../config/paths.ts";
import type { Path } from "../yaml/read.ts";
import type { Complaint } from "./complaint.ts";
import type { Definition, EnumerationNode, RestrictedNode, SchemaNode } from "./node.ts";
import { type ScalarForm, scalarForms } from "./scalars.ts";
import { unknownField } from "./unknown-field.ts";

/** Everything in which a value differs from its schema, in the order of the value. Null is as good as nothing, but not for what is required. */
export function complaintsAbout(value: unknown, schema: SchemaNode): readonly Complaint[] {
  const complaints: Complaint[] = [];
  judge(value, schema, { path: [], complaints });
  return complaints;
}

interface Course {
  // Grows and shrinks with the depth: most places are never complained about.
  readonly path: (string | number)[];
  readonly complaints: Complaint[];
}

function judge(value: unknown, node: SchemaNode, course: Course): void {
  if (value === null || value === undefined) return;
  switch (node.type) {
    case "any":
      return;
    case "text":
      if (typeof value !== "string") wrongType(value, "text", course);
      return;
    case "object":
      if (isRecord(value)) judgeObject(value, node.definition(), course);
      else wrongType(value, "a map", course);
      return;
    case "list":
      if (Array.isArray(value)) judgeAll(value.entries(), node.items, course);
      else wrongType(value, "a list", course);
      return;
    case "map":
      if (isRecord(value)) judgeAll(Object.entries(value), node.values, course);
      else wrongType(value, "a map", course);
      return;
    case "enumeration":
      judgeEnumeration(value, node, course);
      return;
    case "restricted":
      judgeRestricted(value, node, course);
      return;
    case "boolean":
    case "int32":
    case "int64":
    case "number":
    case "quantity":
    case "int-or-string":
    case "time":
    case "bytes":
    case "map of anything":
      judgeScalar(value, scalarForms[node.type], course);
  }
}

function judgeScalar(value: unknown, { types, wanted, holds, form = wanted }: ScalarForm, course: Course): void {
  if (!types.includes(typeOf(value))) return wrongType(value, wanted, course);
  if (holds?.(value) === false)
    complain(course, { concern: "value", message: `${shown(value)} is not ${form}`, remedy: `write ${form}` });
}

function judgeObject(value: Readonly<Record<string, unknown>>, definition: Definition, course: Course): void {
  const { fields, required, others } = definition;
  for (const name in value) {
    const field = fields.get(name) ?? others;
    course.path.push(name);
    if (field !== undefined) judge(value[name], field, course);
    else complain(course, unknownField(name, [...fields.keys()]));
    course.path.pop();
  }
  for (const name of required) {
    const found = Object.hasOwn(value, name) ? value[name] : undefined;
    if (found !== undefined && found !== null) continue;
    course.path.push(name);
    const message = found === null ? `${name} is empty, and it is required` : `${name} is missing`;
    complain(course, { concern: "missing", message, remedy: `add ${name}` });
    course.path.pop();
  }
}

function judgeAll(entries: Iterable<readonly [string | number, unknown]>, node: SchemaNode, course: Course): void {
  for (const [key, value] of entries) {
    course.path.push(key);
    judge(value, node, course);
    course.path.pop();
  }
}

function judgeEnumeration(value: unknown, { values, orEmpty }: EnumerationNode, course: Course): void {
  if (typeof value !== "string") return wrongType(value, "text", course);
  if (values.includes(value) || (orEmpty && value === "")) return;
  const meant = values.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
  const remedy = meant === undefined ? `write one of ${values.join(", ")}` : `write ${meant}`;
  complain(course, { concern: "value", message: `${shown(value)} is none of ${values.join(", ")}`, remedy });
}

// What has not even its form need not be told more.
function judgeRestricted(value: unknown, { node, restrictions }: RestrictedNode, course: Course): void {
  const before = course.complaints.length;
  judge(value, node, course);
  if (course.complaints.length > before) return;
  for (const restriction of restrictions) {
    const wrong = restriction(value);
    if (wrong !== undefined) complain(course, { concern: "value", ...wrong });
  }
}

function wrongType(value: unknown, wanted: string, course: Course): void {
  const isQuotable = wanted === "text" && (typeof value === "number" || typeof value === "boolean");
  const remedy = isQuotable
    ? `put it into quotes: "${String(value)}"${typeof value === "boolean" ? " (yes, no, on and off without quotes are truth values)" : ""}`
    : `write ${wanted}`;
  complain(course, { concern: "type", message: `is ${typeInWords(value)}, not ${wanted}`, remedy });
}

function typeInWords(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  return typeof value === "string" ? `the text ${shown(value)}` : `the ${typeof value} ${shown(value)}`;
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value === "object" ? "map" : typeof value;
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}

function complain({ path, complaints }: Course, complaint: Omit<Complaint, "path">): void {
  const copy: Path = [...path];
  complaints.push({ ...complaint, path: copy });
}
