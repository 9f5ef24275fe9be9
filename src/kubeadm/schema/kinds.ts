import type { ApiVersion } from "../../config/kubernetes-behaviour.ts";
import type { Path } from "../../yaml/read.ts";
import { kubeadmGroup } from "../api-version.ts";
import type { Field, Fields } from "./field.ts";
import { v1beta3 } from "./v1beta3.ts";
import { v1beta4 } from "./v1beta4.ts";

/** The kinds of a version of kubeadm's configuration with their fields. */
export function kindsOf(version: ApiVersion): Fields {
  return version === "v1beta3" ? v1beta3 : v1beta4;
}

/** The version of an apiVersion of kubeadm's group, if it is one whose fields we know. */
export function versionOf(apiVersion: string): ApiVersion | undefined {
  return (["v1beta3", "v1beta4"] as const).find((version) => apiVersion === `${kubeadmGroup}/${version}`);
}

/** Whether there is a field at a path. */
export function hasField(fields: Fields, path: Path): boolean {
  const [first, ...rest] = path;
  const field = ownField(fields, String(first));
  return field !== undefined && (rest.length === 0 || hasField(below(field), rest.map(asItem)));
}

/** The paths at which a field of this name stands. */
export function pathsOf(fields: Fields, name: string): readonly (readonly string[])[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const deeper = pathsOf(below(field), name).map((path) => [key, ...path]);
    return key === name ? [[key], ...deeper] : deeper;
  });
}

/** The field of a name, and not what every object of the language has. */
export function ownField(fields: Fields, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The field of a list for its items. */
const itemField = "[]";

function below(field: Field): Fields {
  if (field.type === "object") return field.fields;
  return field.type === "list" ? { [itemField]: field.items } : {};
}

function asItem(step: string | number): string {
  return typeof step === "number" ? itemField : step;
}
