import type { Located } from "../model/located.ts";
import type { Statement, SyntaxProblem, Word } from "./syntax.ts";

/** Reads the keywords of a block; like keepalived it takes the last where one stands twice. */
export interface BlockValues {
  /** The statement itself. */
  statement(keyword: string): Statement | undefined;
  /** Its first argument. */
  text(keyword: string): Located<string> | undefined;
  /** All its arguments. */
  line(keyword: string): Located<string> | undefined;
  number(keyword: string): Located<number> | undefined;
  /** True where the keyword stands without `false`, `off` or `no`; the place is the keyword. */
  flag(keyword: string): Located<boolean> | undefined;
  /** The lines within the braces of every statement of that keyword; undefined without any. */
  lines(keyword: string): readonly Statement[] | undefined;
}

/** The values of a block; what is no number is added to the problems. */
export function blockValues(statements: readonly Statement[], problems: SyntaxProblem[]): BlockValues {
  const byName = new Map<string, Statement[]>();
  for (const statement of statements) {
    const name = headOf(statement).text;
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [statement]);
    else same.push(statement);
  }
  const last = (keyword: string): Statement | undefined => byName.get(keyword)?.at(-1);
  const argument = (keyword: string): Located<string> | undefined => {
    const statement = last(keyword);
    if (statement === undefined) return undefined;
    const word = statement.words[1];
    if (word === undefined) problems.push(missing(headOf(statement)));
    return word && located(word);
  };
  return {
    statement: last,
    text: argument,
    line: (keyword) => {
      const words = last(keyword)?.words.slice(1) ?? [];
      const [first] = words;
      return first && { value: words.map(({ text }) => text).join(" "), position: first.position };
    },
    number: (keyword) => {
      const text = argument(keyword);
      return text && readNumber(text, { keyword, problems });
    },
    flag: (keyword) => {
      const statement = last(keyword);
      const value = !/^(?:false|off|no)$/.test(statement?.words[1]?.text ?? "");
      return statement && { value, position: headOf(statement).position };
    },
    lines: (keyword) => byName.get(keyword)?.flatMap(({ block }) => block ?? []),
  };
}

/** A number, or nothing and a problem; nothing alone where a template engine should have written it. */
export function readNumber(
  text: Located<string>,
  { keyword, problems }: { readonly keyword: string; readonly problems: SyntaxProblem[] },
): Located<number> | undefined {
  if (/^[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})$/.test(text.value)) return { ...text, value: Number(text.value) };
  if (!isResidue(text.value)) {
    problems.push({
      position: text.position,
      message: `${keyword} is "${text.value}", which is no number`,
      remedy: `write a number behind ${keyword}`,
    });
  }
  return undefined;
}

/** What templates leave behind: ${NAME}, $NAME, {{ name }}, {% if %}, <NAME>, __NAME__, **bold**. */
export function isResidue(text: string): boolean {
  return residue.test(text);
}

/** The first word of a statement. */
export function headOf(statement: Statement): Word {
  return statement.words[0] as Word;
}

/** A word as a value with its place. */
export function located(word: Word): Located<string> {
  return { value: word.text, position: word.position };
}

// `${_ENV NAME}` and the other names with an underscore are keepalived's own.
const residue =
  /\$\{(?!_)[^}]*\}|^\$[A-Za-z]\w*$|\{\{[^}]*\}\}|\{%.*%\}|^<[A-Za-z_][\w .-]*>$|^__[A-Z]\w*__$|^\*+|\*\*$|^%[A-Z_]+%$/;

function missing(keyword: Word): SyntaxProblem {
  return {
    position: keyword.position,
    message: `${keyword.text} has no value`,
    remedy: `write the value behind ${keyword.text}`,
  };
}
