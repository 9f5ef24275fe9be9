import { isRecord } from "../config/paths.ts";
import type { WantedMap } from "./change.ts";

/** One argument of a program that kubeadm starts, and where in its list or map it stands. */
export interface Argument {
  readonly name: string;
  readonly value: string;
  /** The steps from the list or map to the argument's value. */
  readonly steps: readonly (string | number)[];
}

/** The argument as it takes effect: of duplicates, which a list may hold, the last. */
export function findArgument(value: unknown, name: string): Argument | undefined {
  return readArguments(value).findLast((argument) => argument.name === name);
}

/** What gives an argument its value in the arguments `existing`: set where it stands, else added in the form at hand. */
export function wantArgument(
  existing: unknown,
  form: ArgumentForm,
  [name, value]: readonly [name: string, value: string],
): WantedMap | readonly WantedMap[] {
  const standing = findArgument(existing, name);
  if (standing !== undefined) return nest(standing.steps, value);
  const list = Array.isArray(existing) || (form === "list" && !isRecord(existing));
  return list ? [{ name, value }] : { [name]: value };
}

export type ArgumentForm = "map" | "list";

/** The form of arguments in an apiVersion such as `kubeadm.k8s.io/v1beta4`. */
export function argumentForm(apiVersion: string): ArgumentForm {
  return apiVersion.endsWith("/v1beta3") ? "map" : "list";
}

/** The arguments in either form: a map in v1beta3, a list of {name, value} in v1beta4. */
function readArguments(value: unknown): readonly Argument[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      isRecord(item) && typeof item["name"] === "string"
        ? [{ name: item["name"], value: text(item["value"]), steps: [index, "value"] }]
        : [],
    );
  }
  return isRecord(value)
    ? Object.entries(value).map(([name, argument]) => ({ name, value: text(argument), steps: [name] }))
    : [];
}

function nest(steps: readonly (string | number)[], value: string): WantedMap {
  const [first = "", ...rest] = steps;
  return { [first]: rest.length === 0 ? value : nest(rest, value) };
}

function text(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
