import { spawnSync } from "node:child_process";

import { expect, test } from "vitest";

import { quickRead } from "../../src/yaml/quick-read.ts";
import { readThoroughly } from "../../src/yaml/read-manifests.ts";
import { seeded } from "../support/random.ts";
import { yamlForms } from "../yaml/forms.ts";
import { scalars } from "../yaml/scalars.ts";
import { oracle } from "./support/programs.ts";

interface Answer {
  readonly error?: string;
  readonly value?: unknown;
}

test("the table of scalars is what sigs.k8s.io/yaml says", () => {
  const answers = goReads(scalars.map(([text]) => `a: ${text}\n`));
  const theirs = answers.map(({ value, error }) => (error === undefined ? (value as { a: unknown }).a : "refused"));
  const ours = scalars.map(([, value]) => (typeof value === "number" && !Number.isFinite(value) ? "refused" : value));
  expect(theirs).toEqual(ours);
});

test("what of any characters is made a scalar is read the same", () => {
  const random = seeded(66);
  const parts = [...Array.from("0123456789+-._eExXoObB:~TZ"), "yes", "no", "on", "off", "true", "null", "inf", "nan"];
  const texts = Array.from({ length: 20_000 }, () =>
    Array.from({ length: 1 + random.below(5) }, () => random.pick(parts)).join(""),
  ).filter((text) => !/^[-:.]{1,3}$|:$|^[-:]-?$|^---|^\.\.\./.test(text));
  const answers = goReads(texts.map((text) => `a: ${text}\n`));
  const differences = texts.flatMap((text, index) => difference(`a: ${text}\n`, answers[index] ?? {}));
  expect(differences.slice(0, 20)).toEqual([]);
});

test("what is read quickly is what Go reads", () => {
  const texts = yamlForms.filter((text) => quickRead(text)?.length === 1 && !text.includes("\n---"));
  const answers = goReads(texts);
  expect(texts.flatMap((text, index) => difference(text, answers[index] ?? {}))).toEqual([]);
  expect(texts.length).toBeGreaterThan(30);
});

test("lines of a text in quotes begin where they like", () => {
  const forms = [
    "a:\n  b: 'x\n  y'\n  c: 1\n",
    "a:\n  b: 'x\ny\n    z'\n  c: 1\n",
    'a:\n  b: "x\n  y\\\n  z \\" \n  w"\n  c: 1\n',
    "a:\n  - 'it''s\n  x: y'\n  - \"it's\n  'z\"\n  - 'u' # v\n",
    "a:\n  b: ['x\n  y', \"z\n  w\"]\n  c: 'p\n  q'\n",
    "a: 'x\n\n\ty'\nb: 'z\n---\n'\n",
    "a: 'x\n---y'\n",
    "a:\n  b: 'x\n  y\n  c: 1\n",
    "'a\nb': 1\n",
    "a:\n  'b\n  c': 1\n",
  ];
  const answers = goReads(forms);
  expect(forms.flatMap((text, index) => difference(text, answers[index] ?? {}))).toEqual([]);
  expect(answers.filter(({ error }) => error === undefined).length).toBeGreaterThan(5);
});

function goReads(texts: readonly string[]): readonly Answer[] {
  const { stdout } = spawnSync(oracle("yaml-v1.4.0"), {
    input: JSON.stringify(texts),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const answers = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Answer);
  expect(answers.length).toBe(texts.length);
  return answers;
}

function difference(text: string, { value, error }: Answer): readonly string[] {
  const { documents, findings } = readThoroughly("f", text);
  const ours = findings.length > 0 ? "refused" : JSON.stringify(documents[0]?.value);
  const theirs = error === undefined ? JSON.stringify(value) : "refused";
  const same = ours === theirs || (error === undefined && findings.length === 0 && equal(documents[0]?.value, value));
  return same ? [] : [`${JSON.stringify(text)}: ${ours}, Go ${theirs}`];
}

function equal(a: unknown, b: unknown): boolean {
  try {
    expect(a).toEqual(b);
    return true;
  } catch {
    return false;
  }
}
