import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { expect } from "vitest";

import { quickRead } from "../../src/yaml/quick-read.ts";
import { readThoroughly } from "../../src/yaml/read-manifests.ts";
import { root } from "../support/built.ts";

/** Whether the quick reader reads a text; what it reads, the complete reader must read as well, and find nothing wrong. */
export function expectSame(text: string): boolean {
  const values = quickRead(text);
  if (values === undefined) return false;
  const { documents, findings } = readThoroughly("f", text);
  expect({ text, values, findings: [] }).toEqual({ text, values: documents.map(({ value }) => value), findings });
  return true;
}

/** Manifests of the examples. */
export function exampleManifests(): readonly { readonly name: string; readonly text: string }[] {
  const directory = join(root, "manifests");
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => /v1\.3[14]\/.*\.yaml$/.test(name) && statSync(join(directory, name)).isFile())
    .map((name) => ({ name, text: readFileSync(join(directory, name), "utf8") }));
}
