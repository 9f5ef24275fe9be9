import { type BootstrapRole, type FactName, type FileContent, factMarker, type PlannedFile } from "./plan.ts";

export type Facts = Readonly<Partial<Record<FactName, string>>>;

/** A file of one role with its facts filled in; what is missing is named instead. */
export type FilledFile =
  | { readonly state: "complete"; readonly file: PlannedFile; readonly text: string }
  | { readonly state: "incomplete"; readonly file: PlannedFile; readonly missing: readonly FactName[] }
  | { readonly state: "absent" };

/** The file as a node of this role has it. */
export function fillFile(file: PlannedFile, role: BootstrapRole, facts: Facts): FilledFile {
  const content = file.variants[role];
  if (content === null) return { state: "absent" };
  const missing = content.needs.filter((fact) => facts[fact] === undefined);
  return missing.length > 0
    ? { state: "incomplete", file, missing }
    : { state: "complete", file, text: fill(content, facts) };
}

function fill(content: FileContent, facts: Facts): string {
  return content.needs.reduce((text, fact) => text.replaceAll(factMarker(fact), () => facts[fact] ?? ""), content.text);
}
