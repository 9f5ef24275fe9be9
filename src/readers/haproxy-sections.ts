import type { HaproxySection, Keyword } from "../model/balancer.ts";
import type { Located } from "../model/located.ts";
import { haproxySections } from "./haproxy-keywords.ts";
import type { Statement, SyntaxProblem, Word } from "./syntax.ts";

/** The sections of haproxy.cfg that rules know; `peers`, `resolvers` and the like are left out. */
export function readSections(statements: readonly Statement[]): {
  readonly sections: readonly HaproxySection[];
  readonly problems: readonly SyntaxProblem[];
} {
  const sections: GrowingSection[] = [];
  const problems: SyntaxProblem[] = [];
  let current: GrowingSection | "other" | undefined;
  for (const { words } of statements) {
    const [first] = words;
    // `.if` and the like choose lines by facts of the machine: all of them are read.
    if (first === undefined || first.text.startsWith(".")) continue;
    if (haproxySections.has(first.text)) {
      current = sectionOf(words) ?? "other";
      if (current !== "other") sections.push(current);
      problems.push(...problemsOf(current, words));
    } else if (current === undefined) problems.push(outside(first));
    else if (current !== "other") current.keywords.push(keywordOf(words));
  }
  return { sections, problems };
}

interface GrowingSection extends HaproxySection {
  readonly keywords: Keyword[];
}

function sectionOf(words: readonly Word[]): GrowingSection | undefined {
  const [first, ...rest] = words.map(located);
  if (first === undefined || !isKnown(first)) return undefined;
  const named = rest[0]?.value === "from" && first.value === "defaults" ? undefined : rest[0];
  const from = rest.findIndex(({ value }) => value === "from");
  return { kind: first, name: named, from: from >= 0 ? rest[from + 1] : undefined, keywords: [] };
}

function isKnown(word: Located<string>): word is HaproxySection["kind"] {
  return ["global", "defaults", "frontend", "backend", "listen"].includes(word.value);
}

function problemsOf(section: HaproxySection | "other", words: readonly Word[]): readonly SyntaxProblem[] {
  if (section === "other" || section.kind.value === "global" || section.kind.value === "defaults") return [];
  const { kind, name } = section;
  if (name === undefined)
    return [
      { position: kind.position, message: `${kind.value} has no name`, remedy: `write a name behind ${kind.value}` },
    ];
  const third = words[2];
  if (third === undefined || third.text === "from") return [];
  return [
    {
      position: third.position,
      message: `haproxy takes no "${third.text.slice(0, 100)}" behind the name of a ${kind.value}`,
      remedy: "write addresses on a `bind` line",
    },
  ];
}

function outside({ text, position }: Word): SyntaxProblem {
  return {
    position,
    message: `"${text.slice(0, 100)}" stands outside of all sections`,
    remedy: "begin a section before it: global, defaults, frontend, backend or listen",
  };
}

function keywordOf(words: readonly Word[]): Keyword {
  const [first, ...rest] = words.map(located);
  if (first === undefined) throw new Error("a statement has at least one word");
  const taken = pairs.has(first.value) ? 1 : first.value === "no" || first.value === "default" ? negated(rest) : 0;
  const parts = [first, ...rest.slice(0, taken)];
  const name = parts.map(({ value }) => value).join(" ");
  return {
    name: { value: name, position: first.position },
    arguments: rest.slice(taken),
    inherited: false,
  };
}

function negated(rest: readonly Located<string>[]): number {
  return rest[0] !== undefined && pairs.has(rest[0].value) ? 2 : 1;
}

/** Keywords that mean something only together with the word behind them. */
const pairs: ReadonlySet<string> = new Set([
  "option",
  "timeout",
  "http-check",
  "tcp-check",
  "http-request",
  "http-response",
  "tcp-request",
  "tcp-response",
  "stats",
  "stick",
]);

function located({ text, position }: Word): Located<string> {
  return { value: text, position };
}
