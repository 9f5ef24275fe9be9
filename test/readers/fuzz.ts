import { expect } from "vitest";

import type { Reading, ReadSource } from "../../src/readers/reading.ts";
import { nastyTexts } from "../support/nasty.ts";
import { type Random, seeded } from "../support/random.ts";

/** Turns of a fuzz test: 20,000, or 100,000 with KUBEADM_HA_FUZZ=full. */
export const fuzzTurns = fuzzed(20_000);

/** The same for what takes longer, such as YAML. */
export function fuzzed(usual: number): number {
  return process.env["KUBEADM_HA_FUZZ"] === "full" ? 100_000 : usual;
}

/** For vitest: a full run takes longer than a unit test may. */
export const fuzzTimeout = process.env["KUBEADM_HA_FUZZ"] === "full" ? 1_200_000 : 120_000;

/**
 * Reads changed texts: none may throw or take a second, and every place must lie within its text.
 * A failure names the turn, which with the seed gives the text again.
 */
export function fuzzReader(
  read: (source: ReadSource) => Reading<unknown>,
  corpus: readonly string[],
  { seed = 1, turns = fuzzTurns }: { readonly seed?: number; readonly turns?: number } = {},
): void {
  for (let turn = 0; turn < turns; turn++) {
    const text = mutated(corpus, seeded(seed * 1_000_003 + turn));
    // Time of this process, not of the machine: others may be busy beside it.
    const begin = process.cpuUsage();
    let reading: Reading<unknown>;
    try {
      reading = read({ file: "f", text, lookup: (path) => [{ file: `included ${path}`, text }] });
    } catch (error) {
      throw new Error(`turn ${turn} of seed ${seed}: ${String(error)}\n${text.slice(0, 2000)}`, { cause: error });
    }
    const spent = process.cpuUsage(begin).user / 1000;
    expect(spent, `milliseconds of turn ${turn}`).toBeLessThan(1000);
    if (!placesFit(reading, text)) expect.fail(`a place outside of the text in turn ${turn} of seed ${seed}`);
  }
}

/** One of the texts with one to eight changes. */
export function mutated(corpus: readonly string[], random: Random): string {
  let text = random.pick(corpus);
  for (let change = random.below(8); change >= 0; change--) text = random.pick(changes)(text, { corpus, random });
  return text.slice(0, 200_000);
}

type Change = (text: string, tools: { readonly corpus: readonly string[]; readonly random: Random }) => string;

const marks = [
  "{",
  "}",
  ";",
  '"',
  "'",
  "\\",
  "#",
  "!",
  "$",
  "${",
  "{{",
  "}}",
  "{%",
  "@x ",
  "~SEQ(a,1,2) ",
  "`",
  "$(",
  "(",
  ")",
  "\n",
  "\r\n",
  "\t",
  "\0",
  "\ufeff",
  "\u{1f600}",
  "<<E",
  "include x\n",
  "$A=$A$A\\\n",
  "case x in",
];

const changes: readonly Change[] = [
  // A span goes.
  (text, { random }) => {
    const [from, to] = span(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  // A span is doubled, or comes many times.
  (text, { random }) => {
    const [from, to] = span(text, random);
    return text.slice(0, to) + text.slice(from, to).repeat(random.oneIn(20) ? 200 : 1) + text.slice(to);
  },
  // A mark is put in, now and then many times.
  (text, { random }) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + random.pick(marks).repeat(random.oneIn(50) ? 5000 : 1) + text.slice(at);
  },
  (text, { random }) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + random.pick(nastyTexts) + text.slice(at);
  },
  // A character becomes another one.
  (text, { random }) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + String.fromCharCode(random.below(random.oneIn(2) ? 128 : 0x10000)) + text.slice(at + 1);
  },
  // Two lines change places.
  (text, { random }) => {
    const lines = text.split("\n");
    const [a, b] = [random.below(lines.length), random.below(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? "", lines[a] ?? ""];
    return lines.join("\n");
  },
  (text, { random }) => text.slice(0, random.below(text.length + 1)),
  // The end of another text follows.
  (text, { corpus, random }) => {
    const other = random.pick(corpus);
    return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1));
  },
];

function span(text: string, random: Random): readonly [number, number] {
  const from = random.below(text.length + 1);
  return [from, Math.min(text.length, from + random.below(random.oneIn(4) ? 400 : 12))];
}

function placesFit({ problems }: Reading<unknown>, text: string): boolean {
  const lines = text.split("\n").length;
  return problems.every(
    ({ position: { file, line, column } }) =>
      line >= 1 && column >= 1 && (file !== "f" || (line <= lines && column <= text.length + 1)),
  );
}
