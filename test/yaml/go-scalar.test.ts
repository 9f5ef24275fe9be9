import { expect, test } from "vitest";

import { goScalar } from "../../src/yaml/go-scalar.ts";
import { readThoroughly } from "../../src/yaml/read-manifests.ts";
import { scalars } from "./scalars.ts";

test.each(scalars)("%s is read as Go reads it", (text, value) => {
  expect(goScalar(text)).toBe(value);
});

test.each(scalars)("%s is read so by the complete reader too", (text, value) => {
  const { documents, findings } = readThoroughly("f", `a: ${text}\n`);
  expect(documents[0]?.value).toEqual({ a: value });
  expect(findings.length).toBe(typeof value === "number" && !Number.isFinite(value) ? 1 : 0);
});

test("there are as many as Go's readers differ on", () => {
  expect(new Set(scalars.map(([text]) => text)).size).toBeGreaterThanOrEqual(66);
});
