import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import Ajv from "ajv-draft-04";
import { expect, it } from "vitest";

import { builtProgram, root } from "../support/built.ts";

// The schema as OASIS published it, from a module that carries it.
const module = join(root, "test/fixtures/sarif-schema");
const { Dir: directory } = JSON.parse(
  execFileSync("go", ["mod", "download", "-json", "github.com/owenrumney/go-sarif/v3"], {
    cwd: module,
    encoding: "utf8",
  }),
) as { readonly Dir: string };
const source = readFileSync(join(directory, "pkg/report/v210/sarif/schema.go"), "utf8");
const schema = JSON.parse(source.slice(source.indexOf("`") + 1, source.lastIndexOf("`"))) as object;
const validate = new Ajv.default({ strict: false, validateFormats: false }).compile(schema);

const printed = spawnSync(process.execPath, [builtProgram, "validate", "--format", "sarif", "test/fixtures/seeds"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
}).stdout;

it("is what the published schema of SARIF 2.1.0 asks for", () => {
  expect(schema).toHaveProperty("definitions.result");
  expect(validate(JSON.parse(printed)), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true);
});

it.each([
  ["a level that there is not", '"level": "warning"', '"level": "warn"'],
  ["a property that there is not", '"startLine"', '"startLin"'],
])("would tell %s", (_, text, wrong) => {
  expect(printed).toContain(text);
  expect(validate(JSON.parse(printed.replace(text, wrong)))).toBe(false);
});
