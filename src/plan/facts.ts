import { type FactName, type FileContent, factMarker } from "./plan.ts";

export type Facts = Readonly<Partial<Record<FactName, string>>>;

/** The content with its facts filled in, or the facts that are missing. */
export function fillFacts(content: FileContent, facts: Facts): string | { readonly missing: readonly FactName[] } {
  const missing = content.needs.filter((fact) => facts[fact] === undefined);
  if (missing.length > 0) return { missing };
  return content.needs.reduce((text, fact) => text.replaceAll(factMarker(fact), () => facts[fact] ?? ""), content.text);
}
