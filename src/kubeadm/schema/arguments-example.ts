import type { Field } from "./field.ts";

/** How arguments of a program are written, where a field is for them: v1beta3 has a map, v1beta4 a list. */
export function argumentExample(field: Field): string | undefined {
  if (field.type === "map") return field.values.type === "text" ? "NAME: VALUE for each argument" : undefined;
  if (field.type !== "list" || field.items.type !== "object") return undefined;
  return Object.keys(field.items.fields).join(" ") === "name value"
    ? "- {name: NAME, value: VALUE} for each argument"
    : undefined;
}
