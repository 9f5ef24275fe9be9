import type { Complaint } from "../schema/complaint.ts";
import type { ValidationError } from "./result.ts";

/**
 * Complaints as kubeconform has them: unknown and missing fields belong to the object around them, in its words;
 * what is wrong with a value is in ours, with the mend.
 */
export function validationErrors(complaints: readonly Complaint[]): readonly ValidationError[] {
  const fields = new Map<string, string[]>();
  const errors: { readonly path: string; msg(): string }[] = [];
  for (const { concern, path, message, remedy } of complaints) {
    if (concern !== "unknown-field" && concern !== "missing") {
      errors.push({ path: pointer(path), msg: () => `${message}; ${remedy}` });
      continue;
    }
    const parent = pointer(path.slice(0, -1));
    const names = fields.get(`${concern} ${parent}`) ?? [];
    if (names.length === 0) errors.push({ path: parent, msg: () => inTheirWords(concern, names) });
    names.push(String(path.at(-1)));
    fields.set(`${concern} ${parent}`, names);
  }
  return errors.map(({ path, msg }) => ({ path, msg: msg() }));
}

// https://github.com/santhosh-tekuri/jsonschema/blob/v6.0.1/kind/kind.go
function inTheirWords(concern: "unknown-field" | "missing", names: readonly string[]): string {
  const list = names.map((name) => `'${name}'`).join(", ");
  return concern === "missing"
    ? `missing ${names.length === 1 ? "property" : "properties"} ${list}`
    : `additional properties ${list} not allowed`;
}

function pointer(path: Complaint["path"]): string {
  return path.map((step) => `/${step}`).join("");
}
