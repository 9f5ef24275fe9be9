import { goSeconds } from "../go-duration.ts";
import type { ScalarType } from "./field.ts";

/** What holds of a type of scalar, and how it is called. */
export interface ScalarRule {
  readonly wanted: string;
  readonly write: string;
  readonly shape: string;
  holds(value: unknown): boolean;
}

/** The types of scalars. */
export const scalarTypes: Readonly<Record<ScalarType, ScalarRule>> = {
  text: {
    wanted: "text",
    write: "a text; quote it if it looks like a number",
    shape: "text",
    holds: (value) => typeof value === "string",
  },
  boolean: {
    wanted: "boolean",
    write: "true or false without quotes",
    shape: "boolean",
    holds: (value) => typeof value === "boolean",
  },
  int32: {
    wanted: "number",
    write: "a number without quotes",
    shape: "number",
    holds: (value) => typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 2 ** 31,
  },
  int: {
    wanted: "number",
    write: "a number without quotes",
    shape: "number",
    holds: (value) => typeof value === "number" && Number.isInteger(value),
  },
  duration: {
    wanted: "duration",
    write: "a number with its unit, such as 4m0s",
    shape: "text",
    holds: (value) => typeof value === "string" && goSeconds(value) !== undefined,
  },
  time: {
    wanted: "time",
    write: "a time such as 2026-01-31T12:00:00Z",
    shape: "text",
    holds: (value) => typeof value === "string" && isTime(value),
  },
  quantity: {
    wanted: "quantity",
    write: "a number, with a unit such as Mi if need be",
    shape: "text",
    holds: (value) => typeof value === "number" || (typeof value === "string" && quantity.test(value)),
  },
};

// https://www.rfc-editor.org/rfc/rfc3339 as Go reads it.
function isTime(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value));
}

// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
const quantity = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
