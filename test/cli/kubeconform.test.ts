import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { runBuilt } from "../support/built.ts";
import { temporaryDirectory } from "../support/temporary.ts";

// What both programs do alike is compared with kubeconform itself: test/system/kubeconform-agrees.test.ts.
const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: b}]}\n";
const widget = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n";

function run(words: readonly string[], texts: Readonly<Record<string, string>> = { "pod.yaml": pod }) {
  const cwd = temporaryDirectory();
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(cwd, name), text);
  return runBuilt(["kubeconform", ...words], { cwd });
}

test.each([
  ["-cache /tmp pod.yaml", "-cache changes nothing: no schema is downloaded, so none is kept"],
  ["-debug -insecure-skip-tls-verify pod.yaml", "-debug changes nothing: there is no more to tell"],
  ["-kubernetes-version 1.20.0 pod.yaml", "1.20.0 is judged by the nearest"],
  ["-schema-location https://x.example/{{.Group}}.json -schema-location default pod.yaml", "stays off the network"],
  [
    "-schema-location https://raw.githubusercontent.com/yannh/kubernetes-json-schema/master pod.yaml",
    "its schemas are built in",
  ],
])("%s is taken, and a note says what comes of it", (line, note) => {
  const { code, out, err } = run(line.split(" "));
  expect({ code, out }).toEqual({ code: 0, out: "" });
  expect(err).toContain(note);
});

test("an address that is not asked leaves its kinds without a schema, which is an error as ever", () => {
  const { code, out } = run(["-schema-location", "https://x.example/{{.Group}}.json", "w.yaml"], { "w.yaml": widget });
  expect({ code, out }).toEqual({
    code: 1,
    out: "w.yaml - Widget w failed validation: could not find schema for Widget\n",
  });
});

test("fields that a release without schemas of its own may have are let be", () => {
  const texts = { "pod.yaml": pod.replace("spec:", "future: 1\nspec:") };
  expect(run(["-strict", "-kubernetes-version", "1.99.0", "pod.yaml"], texts).code).toBe(0);
  expect(run(["-strict", "-kubernetes-version", "1.37.0", "pod.yaml"], texts).code).toBe(1);
});

test("a template that is more than its variables is refused", () => {
  const { code, err } = run(["-schema-location", "{{ lower .Group }}.json", "pod.yaml"]);
  expect(code).toBe(1);
  expect(err).toMatch(/^error: -schema-location .*a template has \{\{ \.NormalizedKubernetesVersion \}\}/);
});

test("patterns nobody can stop with a long text", () => {
  const schema = { properties: { spec: { properties: { a: { type: "string", pattern: "^(a+)+$" } } } } };
  const cwd = temporaryDirectory();
  mkdirSync(join(cwd, "example.com"));
  writeFileSync(join(cwd, "example.com/widget_v1.json"), JSON.stringify({ type: "object", ...schema }));
  writeFileSync(join(cwd, "w.yaml"), `${widget}spec: {a: ${"a".repeat(50_000)}b}\n`);
  const place = "{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json";
  const { code, signal } = runBuilt(["kubeconform", "-schema-location", place, "w.yaml"], { cwd });
  expect({ code, signal }).toEqual({ code: 1, signal: null });
});
