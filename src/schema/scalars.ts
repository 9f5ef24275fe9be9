import { leadingDigits } from "../yaml/digits.ts";
import type { ScalarType } from "./node.ts";

/** How a scalar must look. */
export interface ScalarForm {
  /** JavaScript's names of what it may be, besides "list" and "map". */
  readonly types: readonly string[];
  readonly wanted: string;
  /** What else must hold of a value of these types, and what to call it. */
  holds?(value: unknown): boolean;
  readonly form?: string;
}

/** The scalars whose form is more than that of a text. */
export const scalarForms: Readonly<Record<Exclude<ScalarType, "any" | "text">, ScalarForm>> = {
  "map of anything": { types: ["map"], wanted: "a map" },
  boolean: { types: ["boolean"], wanted: "true or false" },
  int32: {
    types: ["number"],
    wanted: "a whole number",
    holds: (value) => isInteger(value, 2 ** 31),
    form: "a whole number of 32 bits",
  },
  int64: {
    types: ["number"],
    wanted: "a whole number",
    holds: (value) => isInteger(value, 2 ** 63),
    form: "a whole number of 64 bits",
  },
  number: { types: ["number"], wanted: "a number" },
  // https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
  quantity: {
    types: ["string", "number"],
    wanted: "a quantity",
    holds: (value) => typeof value === "number" || isQuantity(String(value)),
    form: "a quantity such as 500m, 2 or 128Mi",
  },
  "int-or-string": {
    types: ["string", "number"],
    wanted: "a whole number or a text",
    holds: (value) => typeof value === "string" || isInteger(value, 2 ** 31),
    form: "a whole number of 32 bits or a text",
  },
  // https://www.rfc-editor.org/rfc/rfc3339
  time: {
    types: ["string"],
    wanted: "a time in quotes",
    holds: (value) => isTime(String(value)),
    form: 'a time such as "2026-01-31T12:00:00Z"',
  },
  // Go's decoder takes standard base64 with its padding, and lets line ends be.
  bytes: {
    types: ["string"],
    wanted: "base64 text",
    holds: (value) => isBase64(String(value)),
    form: "base64",
  },
};

function isInteger(value: unknown, limit: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value < limit && value >= -limit;
}

function isQuantity(text: string): boolean {
  const digits = leadingDigits(text);
  if (digits > 0 && units.has(text.slice(digits))) return true;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/.test(text);
}

// Nearly all quantities are that simple.
const units: ReadonlySet<string> = new Set(["", "m", "k", "M", "G", "Ki", "Mi", "Gi", "Ti"]);

function isTime(text: string): boolean {
  const match =
    /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/.exec(
      text,
    );
  const day = match?.[1] ?? "";
  const date = new Date(`${day}T00:00:00Z`);
  return match !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function isBase64(text: string): boolean {
  const plain = text.replaceAll(/[\r\n]/g, "");
  return plain.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(plain);
}
