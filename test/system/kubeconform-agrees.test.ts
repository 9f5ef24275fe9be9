import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { runBuilt } from "../support/built.ts";
import { writeSchemas } from "../support/upstream-schemas.ts";
import { oracle } from "./support/programs.ts";

// The same command line for both; kubeconform has the schemas on disk that are built in here.
const version = "v1.36.3";
const directory = mkdtempSync(join(tmpdir(), "kubeadm-ha-kubeconform-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: web}]
`;
const service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n";
const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const widget = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: 3}\n";

const files: Readonly<Record<string, string>> = {
  "tree/a/deployment.yaml": deployment,
  "tree/a/list.yaml": `apiVersion: v1\nkind: List\nitems:\n- ${map("one").replaceAll("\n", "\n  ")}\n- {apiVersion: v1, kind: Service, metadata: {name: two}, spec: {port: 1}}\n`,
  "tree/b.yml": `---\n# only a comment\n---\n${service}--- # and what follows\n${map("m")}---\n${map("n").replace("metadata", "metadat")}`,
  "tree/c.json": `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "c-"}, "data": {"a": "b"}}`,
  "tree/closed.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ntype: [\n",
  "tree/custom.yaml": widget,
  "tree/empty.yaml": "",
  "tree/line-ends.yaml": `${map("a")}---\n${map("b")}`.replaceAll("\n", "\r\n"),
  "tree/list-of-nothing.yaml": "apiVersion: v1\nkind: List\nitems: []\n",
  "tree/missing.yaml": deployment.replace("  selector: {matchLabels: {app: web}}\n", "").replace("web,", '"<w&b>",'),
  "tree/no-kind.yaml": "apiVersion: v1\nmetadata: {name: x}\n",
  "tree/no-version.yaml": "kind: Pod\nmetadata: {name: 5}\n",
  "tree/notes.txt": "kind: Pod\n",
  "tree/old.yaml": "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: old}\n",
  "tree/text.yaml": "just words\n",
  "tree/two.yaml": "- 1\n- 2\n",
  "tree/twice.yaml": `${map("first")}data: {a: b}\ndata: {a: c}\n`,
  "tree/type.yaml": deployment.replace("replicas: 3", "replicas: three"),
  "tree/yes.yaml": `${map("web")}data: {a: yes}\n`,
  "crds/example.com/widget_v1.json": JSON.stringify({
    type: "object",
    properties: { spec: { type: "object", properties: { size: { type: "integer", maximum: 2 } } } },
  }),
};

beforeAll(() => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  writeSchemas(join(directory, "schemas"), version, kinds);
});

const kinds = new Set(["ConfigMap", "Deployment", "Ingress", "Pod", "Secret", "Service"]);

interface Answer {
  readonly code: number | null;
  readonly out: string;
}

function theirs(words: readonly string[], input: string): Answer {
  const { status, stdout } = spawnSync(oracle("kubeconform-v0.7.0"), words, {
    cwd: directory,
    input,
    encoding: "utf8",
  });
  return { code: status, out: comparable(stdout) };
}

function ours(words: readonly string[], input: string): Answer {
  const { code, out } = runBuilt(["kubeconform", ...words], { cwd: directory, input });
  return { code, out: comparable(out) };
}

// What is wrong with a text or a value is said in each program's own words, and only kubeconform measures time.
function comparable(text: string): string {
  // In JSON and XML a message ends with its quotes; repeated keys have a line each there.
  const message = /^[{<]/.test(text) ? String.raw`(?:\\.|[^"\\])*` : String.raw`[^\n\u001b]*(?:\n  line [^\n\u001b]*)*`;
  const beginnings = "Check JSON formatting: |error unmarshalling resource: (?!error unmarshaling JSON)";
  return text
    .replaceAll(new RegExp(`(${beginnings})${message}`, "g"), "$1…")
    .replaceAll(/"msg": "(?:got |is |maximum|3 is )(?:\\.|[^"\\])*"/g, '"msg": "…"')
    .replaceAll(/ time="[^"]*"/g, ' time="…"');
}

const places = ["-schema-location", "schemas"];
const common = ["-n", "1", "-kubernetes-version", "1.36.3"];

describe.each(["text", "json", "junit", "tap", "pretty"])("-output %s", (format) => {
  test.each([
    [["tree"]],
    [["-strict", "-summary", "tree"]],
    [["-strict", "-verbose", "tree"]],
    [["--summary", "--verbose=true", "-ignore-missing-schemas", "tree/custom.yaml", "tree/a", "./tree/b.yml"]],
    [["-skip", "Service,v1/ConfigMap, Widget", "-verbose", "-summary", "tree"]],
    [["-reject=Service,apps/v1/Deployment", "-summary", "tree"]],
    [["-ignore-filename-pattern", "a/|^tree/[c-z]", "-verbose", "tree"]],
    [["-exit-on-error", "-verbose", "-summary", "tree"]],
    [["-summary", "tree/nothing.yaml"]],
    [["-summary", "tree/a/deployment.yaml"]],
    [["-summary=false", "tree/notes.txt"]],
  ])("%j", (words) => {
    const all = [...common, "-output", format, ...words];
    expect(ours(all, "")).toEqual(theirs([...places, ...all], ""));
  });

  test("standard input", () => {
    const input = `${deployment}---\n${widget}`;
    for (const words of [["-summary"], ["-summary", "-verbose", "-ignore-missing-schemas", "-"]]) {
      const all = [...common, "-output", format, ...words];
      expect(ours(all, input)).toEqual(theirs([...places, ...all], input));
    }
  });

  test("schemas of others", () => {
    const template = ["-schema-location", "crds/{{ .Group }}/{{.ResourceKind}}_{{ .ResourceAPIVersion }}.json"];
    const all = [...common, "-output", format, "-verbose", "tree/custom.yaml", "tree/c.json"];
    expect(ours([...template, ...all], "")).toEqual(theirs([...template, ...all], ""));
    expect(ours([...template, "-schema-location", "default", ...all], "").out).toBe(
      theirs([...template, ...places, ...all], "").out,
    );
    // The same directory read by both: its JSON Schemas say what the built-in table says.
    expect(ours([...places, ...common, "-strict", "-verbose", "tree"], "")).toEqual(
      theirs([...places, ...common, "-strict", "-verbose", "tree"], ""),
    );
  });
});

test.each([
  [["-summry", "tree"]],
  [["-n", "many", "tree"]],
  [["-n"]],
  [["-strict=perhaps", "tree"]],
  [["-output", "yaml", "tree"]],
  [["-kubernetes-version", "1.36", "tree"]],
  [["--=x"]],
  [["---strict"]],
])("%j is wrong usage for both", (words) => {
  expect(ours(words, "")).toEqual(theirs(words, ""));
});

test.each([[["-h"]], [["-v"]]])("%j is answered on stdout by both", (words) => {
  expect(runBuilt(["kubeconform", ...words], { cwd: directory })).toMatchObject({ code: 0, err: "" });
  expect(theirs(words, "").code).toBe(0);
});
