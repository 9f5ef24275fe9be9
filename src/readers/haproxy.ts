import type { HaproxyModel, Keyword } from "../model/balancer.ts";
import type { Located } from "../model/located.ts";
import { haproxyDialect } from "./dialects.ts";
import { endProblems, findResidue, residueProblems, timeProblems, unknownProblems } from "./haproxy-problems.ts";
import { readProxies } from "./haproxy-proxies.ts";
import { readSections } from "./haproxy-sections.ts";
import { isUnknown, placedWords } from "./haproxy-words.ts";
import type { Reading, ReadSource } from "./reading.ts";
import { readStatements } from "./statements.ts";
import type { SyntaxProblem } from "./syntax.ts";

/** Reads haproxy.cfg: https://docs.haproxy.org/3.0/configuration.html */
export function readHaproxy(source: ReadSource): Reading<HaproxyModel> {
  const { statements, problems } = readStatements(source, haproxyDialect);
  const { sections, problems: sectionProblems } = readSections(statements);
  const globals = sections.filter(({ kind }) => kind.value === "global");
  const keywords = globals.flatMap((section) => section.keywords);
  const unknown = sections.flatMap(placedWords).filter(isUnknown);
  const residue = findResidue(statements);
  return {
    model: {
      file: source.file,
      start: { value: source.file, position: { file: source.file, line: 1, column: 1 } },
      globals: { block: globals[0]?.kind, maxConnections: maxConnections(keywords), keywords },
      proxies: readProxies(sections),
      sections,
      unknown,
      residue,
    },
    problems: oncePerLine([
      ...problems,
      ...sectionProblems,
      ...residueProblems(residue),
      ...unknownProblems(unknown),
      ...sections.flatMap(timeProblems),
      ...endProblems(source),
    ]),
  };
}

function maxConnections(keywords: readonly Keyword[]): Located<number> | undefined {
  const [value] = keywords.findLast(({ name }) => name.value === "maxconn")?.arguments ?? [];
  return value !== undefined && /^\d{1,10}$/.test(value.value) ? { ...value, value: Number(value.value) } : undefined;
}

/** A line that cannot be read says so once, at its first word that is wrong. */
function oncePerLine(problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  const first = new Map<number, SyntaxProblem>();
  for (const problem of problems) {
    const { line, column } = problem.position;
    const other = first.get(line);
    if (other === undefined || other.position.column > column) first.set(line, problem);
  }
  return [...first.values()];
}
