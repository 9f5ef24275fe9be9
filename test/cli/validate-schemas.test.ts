import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { runBuilt } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [size]
              properties:
                size: {type: integer}
                colour: {type: string, enum: [red, blue]}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
`;
const widget = `apiVersion: example.com/v1
kind: Widget
metadata: {name: w}
spec: {size: 3, colour: red, free: {a: {b: 1}}}
`;

function validate(files: Readonly<Record<string, string>>, words: readonly string[]): readonly string[] {
  const directory = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  const { out, code } = runBuilt(["validate", "--format", "json", ...words], { cwd: directory });
  const { findings } = JSON.parse(out) as { readonly findings: readonly { rule: string; path: string }[] };
  return [String(code), ...findings.map(({ rule, path }) => `${rule} ${path}`)];
}

test("a definition in the tree judges its objects", () => {
  const bad = widget.replace("size: 3", 'size: "3"').replace("red", "green").replace("metadata", "metadat");
  expect(validate({ "crd.yaml": definition, "good.yaml": widget }, ["."])).toEqual(["0"]);
  expect(validate({ "crd.yaml": definition, "bad.yaml": bad }, ["."])).toEqual([
    "1",
    "SC01 metadat",
    "SC02 spec.size",
    "SC04 spec.colour",
  ]);
});

test("--schema-location takes definitions, and JSON in the layouts of others", () => {
  const bad = widget.replace("size: 3, ", "");
  const schema = JSON.stringify({
    type: "object",
    properties: {
      spec: {
        type: "object",
        required: ["size"],
        properties: { size: { type: "integer" } },
        additionalProperties: true,
      },
    },
  });
  for (const [name, text] of [
    ["crds/widgets.yaml", definition],
    ["crds/example.com/widget_v1.json", schema],
    ["crds/widget-example-v1.json", schema],
  ] as const)
    expect(validate({ [name]: text, "tree/bad.yaml": bad }, ["--schema-location", "crds", "tree"])).toEqual([
      "1",
      "SC03 spec.size",
    ]);
});

test("--unknown-kinds decides what is said of objects without a schema", () => {
  expect(validate({ "w.yaml": widget }, ["."])).toEqual(["0"]);
  expect(validate({ "w.yaml": widget }, ["--unknown-kinds", "warn", "."])).toEqual(["0", "SC07 apiVersion"]);
  expect(validate({ "w.yaml": widget }, ["--unknown-kinds", "error", "."])).toEqual(["1", "SC07 apiVersion"]);
});

test("files without a mistake are answered as the whole program answers", () => {
  const quick = runBuilt(["validate", "test/fixtures/ordinary.yaml"]);
  const whole = runBuilt(["validate", "--unknown-kinds", "skip", "test/fixtures/ordinary.yaml"]);
  expect({ ...quick, milliseconds: 0 }).toEqual({ ...whole, milliseconds: 0 });
});
