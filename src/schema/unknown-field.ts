import { nearest } from "../config/did-you-mean.ts";
import type { Complaint } from "./complaint.ts";

/** What is said of a field that a type does not have. */
export function unknownField(name: string, known: readonly string[]): Omit<Complaint, "path"> {
  const folded = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  const meant = folded ?? nearest(name, known);
  const remedy =
    meant !== undefined ? `write ${meant}` : known.length > 0 ? `remove it; here are ${listed(known)}` : "remove it";
  return { concern: "unknown-field", message: `there is no field ${name} here`, remedy };
}

function listed(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(", ")} and ${names.length - 12} more` : names.join(", ");
}
