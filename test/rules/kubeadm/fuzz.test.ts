import { expect, test, vi } from "vitest";

import { fuzzed, fuzzTimeout } from "../../readers/fuzz.ts";
import { type Random, seeded } from "../../support/random.ts";
import { pairs as documentPairs } from "./documents.pairs.ts";
import { lintKubeadm } from "./lint.ts";
import { pairs as surroundingPairs } from "./surroundings.pairs.ts";

vi.setConfig({ testTimeout: fuzzTimeout });
const count = fuzzed(2000);

const words = [
  "null",
  "~",
  "yes",
  "1e309",
  "-0",
  ".nan",
  "0x7fffffffffffffff",
  "[]",
  "{}",
  "[[{}]]",
  "'",
  '"',
  "&a",
  "*a",
  "<<: *a",
  "__proto__: 1",
  "constructor:",
  "? a",
  "!!binary x",
  "|",
  "\t",
  "\u0000",
  "\u2028",
  "9".repeat(400),
  "ä".repeat(300),
  "kind: JoinConfiguration",
  "apiVersion: kubeadm.k8s.io/v1beta3",
  "---",
  "- - -",
  "fd00::",
  "::/0",
  "1.2.3.4/99",
  "a:b:c",
];

test(`${count} mutated streams are judged without an exception, and every finding stands in its file`, () => {
  const random = seeded(20_261_121);
  const bases = [...documentPairs, ...surroundingPairs];
  const failures: string[] = [];
  let findings = 0;
  let slowest = 0;
  for (let index = 0; index < count; index++) {
    const { file, bad, good, others = [] } = random.pick(bases);
    const text = mutated(random, random.oneIn(2) ? bad : good);
    // Time of this process, not of the machine: others may be busy beside it.
    const begin = process.cpuUsage();
    const found = judge(text, [
      { file, text },
      ...others.map(({ path, text: beside }) => ({ file: path, text: beside })),
    ]);
    slowest = Math.max(slowest, process.cpuUsage(begin).user / 1000);
    findings += found.length;
    const lines = text.split("\n");
    const astray = found.filter(({ position: { file: place, line, column }, message, remedy }) => {
      if (place !== file) return false;
      const length = lines[line - 1]?.length ?? -1;
      return column > length + 1 || message === "" || remedy === "";
    });
    if (astray.length > 0) failures.push(`${JSON.stringify(text)}: ${JSON.stringify(astray)}`);
  }
  expect(failures).toEqual([]);
  expect(findings).toBeGreaterThan(count / 4);
  expect(slowest).toBeLessThan(1000);
}, 60_000);

function judge(text: string, files: Parameters<typeof lintKubeadm>[0]): ReturnType<typeof lintKubeadm> {
  try {
    return lintKubeadm(files);
  } catch (error) {
    throw new Error(JSON.stringify(text), { cause: error });
  }
}

function mutated(random: Random, text: string): string {
  let result = text;
  for (let change = 0; change <= random.below(4); change++) result = random.pick(mutations)(random, result);
  return result;
}

const mutations: readonly ((random: Random, text: string) => string)[] = [
  // A value becomes another.
  (random, text) => replacedOnce(random, text, /(?<=: )\S.*$/gm),
  (random, text) => replacedOnce(random, text, /(?<=- )\S.*$/gm),
  // A key does.
  (random, text) => replacedOnce(random, text, /\b[A-Za-z]+(?=:)/g),
  // A character goes, or comes.
  (random, text) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + (random.oneIn(2) ? "" : random.pick(words)) + text.slice(at + random.below(3));
  },
  // Lines go, come twice or change places.
  (random, text) => {
    const lines = text.split("\n");
    const [taken = ""] = lines.splice(random.below(lines.length), 1);
    for (let copies = random.below(3); copies > 0; copies--) lines.splice(random.below(lines.length + 1), 0, taken);
    return lines.join("\n");
  },
  // Something stands further in.
  (random, text) => {
    const lines = text.split("\n");
    const at = random.below(lines.length);
    return lines.map((line, index) => (index === at ? ` ${line}` : line)).join("\n");
  },
];

function replacedOnce(random: Random, text: string, pattern: RegExp): string {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return text;
  const { index, 0: found } = random.pick(matches);
  return text.slice(0, index) + random.pick(words) + text.slice(index + found.length);
}
