import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import type { Complaint } from "../../src/schema/complaint.ts";
import { definedIn } from "../../src/schema/custom.ts";
import { judgeObject } from "../../src/schema/object.ts";
import { readPattern } from "../../src/schema/patterns.ts";
import { definitionTemplate, writeDefinitionSchemas } from "../support/definition-schemas.ts";
import { goModule } from "../support/packages.ts";
import { keywordFields, manyValues } from "../support/every-keyword.ts";
import { seeded } from "../support/random.ts";
import { valueOf, withMistake } from "../support/schema-objects.ts";
import type { JsonSchema } from "../support/upstream-schemas.ts";
import { oracle } from "./support/programs.ts";

const directory = mkdtempSync(join(tmpdir(), "kubeadm-ha-custom-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Json = Readonly<Record<string, unknown>>;

test("every keyword means what it means to kubeconform", () => {
  const definition = definitionOf(keywordFields);
  const objects = Object.keys(keywordFields).flatMap((field) =>
    manyValues.map((value) => ({
      apiVersion: "example.com/v1",
      kind: "Thing",
      metadata: { name: "x" },
      spec: { [field]: value },
    })),
  );
  const { differences, valid } = compare({ definitions: [JSON.stringify(definition)], objects });
  expect(differences).toEqual([]);
  expect(valid).toBeGreaterThan(objects.length / 20);
  expect(objects.length - valid).toBeGreaterThan(objects.length / 10);
});

test("definitions of others: Cluster API's", () => {
  const folder = join(goModule("sigs.k8s.io/cluster-api@v1.14.2"), "core/config/crd/bases");
  const definitions = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  const random = seeded(14);
  const schemas = convert("capi", definitions);
  const objects = schemas.flatMap(({ apiVersion, kind, schema }) =>
    Array.from({ length: 30 }, (_, index) => {
      const value = { ...(valueOf(schema, random) as Json), apiVersion, kind, metadata: { name: "x" } };
      return index % 2 === 0 ? value : (withMistake(value, random) as Json);
    }),
  );
  const { differences, valid } = compare({ definitions, objects });
  expect(differences).toEqual([]);
  expect(valid).toBeGreaterThan(20);
  expect(objects.length - valid).toBeGreaterThan(20);
});

function definitionOf(fields: Readonly<Record<string, object>>): Json {
  const spec = { type: "object", properties: fields };
  const schema = {
    type: "object",
    properties: { apiVersion: { type: "string" }, kind: { type: "string" }, metadata: { type: "object" }, spec },
  };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "things.example.com" },
    spec: {
      group: "example.com",
      names: { kind: "Thing", plural: "things" },
      scope: "Namespaced",
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
}

interface ConvertedSchema {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: JsonSchema;
}

function convert(name: string, definitions: readonly string[]): readonly ConvertedSchema[] {
  const folder = join(directory, name);
  mkdirSync(folder, { recursive: true });
  const files = definitions.map((text, index) => {
    const file = join(folder, `${index}.yaml`);
    writeFileSync(file, text);
    return file;
  });
  expect(writeDefinitionSchemas(folder, files)).toBeGreaterThanOrEqual(definitions.length);
  const kinds = [...definedIn(definitions.map((text) => ({ file: "f.yaml", text }))).keys()];
  return kinds.map((entry) => {
    const [apiVersion = "", kind = ""] = entry.split(" ");
    const file = join(folder, `${apiVersion.split("/")[0]}_${kind}_${apiVersion.split("/")[1]}.json`.toLowerCase());
    return { apiVersion, kind, schema: JSON.parse(readFileSync(file, "utf8")) as JsonSchema };
  });
}

function compare({
  definitions,
  objects,
}: {
  readonly definitions: readonly string[];
  readonly objects: readonly Json[];
}): {
  readonly differences: readonly string[];
  readonly valid: number;
} {
  const name = String(definitions.length);
  convert(name, definitions);
  const folder = join(directory, `${name}-objects`);
  mkdirSync(folder);
  for (const [index, object] of objects.entries()) writeFileSync(join(folder, `${index}.json`), JSON.stringify(object));
  const template = join(directory, name, definitionTemplate);
  const { stdout } = spawnSync(
    oracle("kubeconform-v0.7.0"),
    ["-strict", "-n", "1", "-output", "json", "-verbose", "-schema-location", template, folder],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const { resources } = JSON.parse(stdout) as { readonly resources: readonly Readonly<Record<string, string>>[] };
  const theirs = new Map(resources.map((resource) => [resource["filename"], resource]));
  const custom = definedIn(
    definitions.map((text, index) => ({ file: `${index}.yaml`, text })),
    readPattern,
  );
  const differences = objects.flatMap((object, index) => {
    const { status = "", msg = "" } = theirs.get(join(folder, `${index}.json`)) ?? {};
    const ours = judgeObject(object, { minor: 36, custom }).flatMap(({ complaints }) => complaints);
    if ((status === "statusValid") === (ours.length === 0) || isExplained(object, ours)) return [];
    return [`${status}: ${JSON.stringify(object["spec"])} ${msg} ${JSON.stringify(ours[0] ?? "")}`];
  });
  return { differences, valid: resources.filter(({ status }) => status === "statusValid").length };
}

// We know what metadata is, which definitions leave open. The API server takes null for nothing, and so do we; to a
// JSON Schema it is a value of another type.
function isExplained(object: Json, ours: readonly Complaint[]): boolean {
  return ours.length > 0
    ? ours.every(({ path }) => path[0] === "metadata" && path.length > 1)
    : JSON.stringify(object).includes("null");
}
