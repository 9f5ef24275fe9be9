import { type BootstrapRole, type FactName, type FileContent, factMarker, type PlannedFile } from "./plan.ts";

export type Facts = Readonly<Partial<Record<FactName, string>>>;

/** A file of one role with its facts filled in; what is missing is named instead. */
export type FilledFile =
  | { readonly state: "complete"; readonly file: PlannedFile; readonly text: string }
  | { readonly state: "incomplete"; readonly file: PlannedFile; readonly missing: readonly FactName[] }
  | { readonly state: "absent" };

/** A node as its files see it. */
export interface NodeView {
  readonly role: BootstrapRole;
  readonly facts: Facts;
  /** Whether `finalize` has run there. */
  readonly finalized?: boolean;
}

/** The file as this node has it. */
export function fillFile(file: PlannedFile, { role, facts, finalized = false }: NodeView): FilledFile {
  const content = contentFor(file, role, finalized);
  if (content === null) return { state: "absent" };
  const known: Facts = { ...content.defaults, ...facts };
  const missing = content.needs.filter((fact) => known[fact] === undefined);
  return missing.length > 0
    ? { state: "incomplete", file, missing }
    : { state: "complete", file, text: fill(content, known) };
}

/** The content of a file on a node of this role, before or after `finalize`. */
export function contentFor(file: PlannedFile, role: BootstrapRole, finalized: boolean): FileContent | null {
  return role === "init" && finalized && file.finalized !== undefined ? file.finalized : file.variants[role];
}

/** A content whose own defaults are filled in; what has none keeps its marker. */
export function withDefaults(content: FileContent): FileContent {
  const { needs, defaults = {} } = content;
  return {
    text: fill(content, defaults),
    needs: needs.filter((fact) => defaults[fact] === undefined),
  };
}

function fill({ text, needs }: FileContent, facts: Facts): string {
  return needs.reduce((filled, fact) => {
    const value = facts[fact];
    return value === undefined ? filled : filled.replaceAll(factMarker(fact), () => value);
  }, text);
}
