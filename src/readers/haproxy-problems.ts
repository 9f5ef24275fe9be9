import { nearest } from "../config/did-you-mean.ts";
import type { HaproxySection, PlacedWord } from "../model/balancer.ts";
import type { Located } from "../model/located.ts";
import { keywordsAt } from "./haproxy-keywords.ts";
import { removedSince } from "./haproxy-removed.ts";
import { parseHaproxyTime } from "./haproxy-time.ts";
import type { ReadSource } from "./reading.ts";
import type { Statement, SyntaxProblem, Word } from "./syntax.ts";

/** Words that haproxy refuses because it never knew them; those that it gave up are a rule's business. */
export function unknownProblems(unknown: readonly PlacedWord[]): readonly SyntaxProblem[] {
  const remedies = new Map<string, string | undefined>();
  return unknown
    .filter(({ place, value }) => removedSince(place, value) === undefined)
    .map(({ place, value, position }) => {
      const key = `${place} ${value}`;
      // Looking for what was meant takes its time: not for a text full of noise.
      const near = remedies.has(key) || remedies.size > 100 ? remedies.get(key) : nearest(value, keywordsAt(place));
      remedies.set(key, near);
      return {
        position,
        message: `haproxy knows no ${JSON.stringify(value.slice(0, 100))} ${places[place]}`,
        remedy: near === undefined ? "remove it or correct it" : `did you mean ${near}?`,
      };
    });
}

/** What a template or a text editor left behind: the first such word of every line. */
export function findResidue(statements: readonly Statement[]): readonly Located<string>[] {
  // haproxy puts in variables itself, within double quotes and in addresses; in a template they are all to be replaced.
  const isTemplate = statements.some(({ words }) => words.some((_, index) => isLeftOver(words, index)));
  return statements.flatMap(({ words }) =>
    words
      .filter((word, index) => isLeftOver(words, index) || (isTemplate && !word.quoted && isResidue(word.text)))
      .slice(0, 1)
      .map(({ text, position }) => ({ value: text, position })),
  );
}

export function residueProblems(residue: readonly Located<string>[]): readonly SyntaxProblem[] {
  return residue.map(({ value, position }) => ({
    position,
    message: `${JSON.stringify(value.slice(0, 100))} is what a template or a text editor left behind`,
    remedy: "write the value that belongs there",
  }));
}

/** Timeouts that are no times. */
export function timeProblems({ keywords }: HaproxySection): readonly SyntaxProblem[] {
  return keywords.flatMap(({ name, arguments: [time] }) => {
    if (!name.value.startsWith("timeout ")) return [];
    if (time === undefined)
      return [{ position: name.position, message: `${name.value} has no time`, remedy: "write a time behind it" }];
    if (parseHaproxyTime(time.value) !== undefined || /[${]/.test(time.value)) return [];
    return [
      {
        position: time.position,
        message: `${name.value} is ${JSON.stringify(time.value.slice(0, 100))}, which is no time`,
        remedy: "write a number with us, ms, s, m, h or d behind it; without a unit it counts milliseconds",
      },
    ];
  });
}

/** A last line without its end: haproxy refuses such a file since 2.3, it may have been cut off. */
export function endProblems({ file, text }: ReadSource): readonly SyntaxProblem[] {
  const start = text.lastIndexOf("\n") + 1;
  if (text.slice(start).trim() === "") return [];
  return [
    {
      position: { file, line: text.slice(0, start).split("\n").length, column: text.length - start + 1 },
      message: "the last line has no end, so haproxy takes the file for cut off",
      remedy: "end the last line with a line break",
    },
  ];
}

/** Whether haproxy would take the word as it stands. */
function isLeftOver(words: readonly Word[], index: number): boolean {
  const word = words[index];
  if (word === undefined) return false;
  if (/\{\{|\{%/.test(word.text)) return true;
  if (word.quoted) return false;
  const isAddress = index === { bind: 1, server: 2 }[words[0]?.text ?? ""];
  return isResidue(word.text) && !(isAddress && word.text.includes("${"));
}

function isResidue(text: string): boolean {
  return residue.test(text);
}

// A single * is every address, and $NAME is text outside of quotes.
const residue = /\$\{[^}]*\}|^<[A-Za-z_][\w .-]*>$|^__[A-Z]\w*__$|^\*\*|\*\*$|^%[A-Z_]+%$/;

const places: Readonly<Record<PlacedWord["place"], string>> = {
  global: "in global",
  proxy: "in this section",
  option: "behind option",
  timeout: "behind timeout",
  bind: "on a bind line",
  server: "on a server line",
};
