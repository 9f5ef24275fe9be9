import { expect, test } from "vitest";

import { quickRead } from "../../src/yaml/quick-read.ts";
import { yamlForms } from "./forms.ts";
import { exampleManifests, expectSame } from "./same-reading.ts";

test.each(yamlForms.map((text) => [text]))("what the quick reader reads is what the complete one reads: %j", (text) => {
  expectSame(text);
});

test("the ordinary forms are read quickly", () => {
  const slow = exampleManifests().filter(({ text }) => quickRead(text) === undefined);
  expect(slow.map(({ name }) => name)).toEqual([]);
});
