import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Ajv from "ajv-draft-04";
import { afterAll, describe, expect, test } from "vitest";

import { judgeObject } from "../../src/schema/object.ts";
import { releases } from "../../src/schema/table.generated.ts";
import { seeded } from "../support/random.ts";
import { valueOf, withMistake } from "../support/schema-objects.ts";
import {
  builtInKinds,
  type BuiltInKind,
  openapiDefinitions,
  standaloneStrict,
  writeSchema,
} from "../support/upstream-schemas.ts";
import { oracle } from "./support/programs.ts";

const directory = mkdtempSync(join(tmpdir(), "kubeadm-ha-schemas-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const kindsPerMinor = 60;
const objectsPerKind = 9;

describe.each(releases)("%s", (version) => {
  const minor = Number(version.split(".")[1]);
  const schemas = join(directory, "schemas");
  const objects = join(directory, version);
  const definitions = openapiDefinitions(version);
  const random = seeded(minor);
  const all = builtInKinds(definitions);
  // Some that everybody uses, and as many others as are missing, another choice for each minor.
  const kinds = [...all.filter(({ kind }) => usual.has(kind)), ...shuffled(all, random)].slice(0, kindsPerMinor);
  const made = kinds.flatMap((kind) => {
    const schema = standaloneStrict(definitions, kind.definition);
    writeSchema(schemas, { version, kind, schema });
    return Array.from({ length: objectsPerKind }, (_, index) => {
      const valid = named(kind, valueOf(schema, random));
      return { kind, schema, value: index % 2 === 0 ? valid : (withMistake(valid, random) as Record<string, unknown>) };
    });
  });

  test("kubeconform gives the same verdicts", () => {
    mkdirSync(objects);
    for (const [index, { value }] of made.entries())
      writeFileSync(join(objects, `${index}.json`), JSON.stringify(value));
    const options = ["-strict", "-n", "1", "-output", "json", "-verbose", "-kubernetes-version", version.slice(1)];
    const { stdout } = spawnSync(oracle("kubeconform-v0.7.0"), [...options, "-schema-location", schemas, objects], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const { resources } = JSON.parse(stdout) as {
      readonly resources: readonly { filename: string; status: string; msg: string }[];
    };
    const theirs = new Map(
      resources.map(({ filename, status, msg }) => [filename, { valid: status === "statusValid", msg }]),
    );
    expect(theirs.size).toBe(made.length);
    const differences = made.flatMap(({ value, kind }, index) => {
      const { valid = true, msg = "" } = theirs.get(join(objects, `${index}.json`)) ?? {};
      return difference({ value, valid, what: `${kind.apiVersion} ${kind.kind} ${msg.slice(0, 300)}` }, minor);
    });
    expect(differences).toEqual([]);
    // Both verdicts occur, else nothing was compared.
    expect([...theirs.values()].filter(({ valid }) => valid).length).toBeGreaterThan(made.length / 3);
    expect([...theirs.values()].filter(({ valid }) => !valid).length).toBeGreaterThan(made.length / 4);
  });

  test("ajv gives the same verdicts", () => {
    const ajv = new Ajv.default({ strict: false, validateFormats: false, logger: false });
    const differences = made.flatMap(({ value, kind, schema }) => {
      const valid = ajv.validate(schema, value);
      return difference({ value, valid, what: `${kind.apiVersion} ${kind.kind} ${ajv.errorsText()}` }, minor);
    });
    expect(differences).toEqual([]);
  });
});

interface Verdict {
  readonly value: unknown;
  readonly valid: boolean;
  readonly what: string;
}

// We find more, and must: words of a pod, forms of texts, numbers that do not fit. They find more in one case:
// null where a text or a number may stand, which the API server takes for nothing.
function difference({ value, valid, what }: Verdict, minor: number): readonly string[] {
  const complaints = judgeObject(value, { minor }).flatMap((judgement) => judgement.complaints);
  const ours = complaints.filter(({ concern }) => concern !== "value");
  if (valid === (ours.length === 0)) return [];
  if (!valid && complaints.length > 0) return [];
  if (!valid && /oneOf/.test(what) && JSON.stringify(value).includes("null")) return [];
  return [`${valid ? "valid for them" : "invalid for them"}: ${what} ${JSON.stringify(ours)}`];
}

const usual = new Set([
  "Pod",
  "Deployment",
  "Service",
  "ConfigMap",
  "Secret",
  "StatefulSet",
  "DaemonSet",
  "Job",
  "CronJob",
  "Ingress",
  "CustomResourceDefinition",
  "Role",
]);

function shuffled(kinds: readonly BuiltInKind[], random: ReturnType<typeof seeded>): readonly BuiltInKind[] {
  return kinds
    .filter(({ kind }) => !usual.has(kind))
    .map((kind) => ({ kind, rank: random.below(1_000_000) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ kind }) => kind);
}

function named({ apiVersion, kind }: BuiltInKind, value: unknown): Record<string, unknown> {
  return { ...(value as Record<string, unknown>), apiVersion, kind };
}
