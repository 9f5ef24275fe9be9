import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import { builtProgram } from "../support/built.ts";
import { definitionTemplate, writeDefinitionSchemas } from "../support/definition-schemas.ts";
import { goModule, npmPackage } from "../support/packages.ts";
import { writeSchemas } from "../support/upstream-schemas.ts";
import { oracle } from "./support/programs.ts";

// Manifests that others wrote, for other purposes and with other mistakes, as they published them.
const sources = [
  () => goModule("github.com/kyverno/kyverno@v1.19.1"),
  () => goModule("github.com/zegl/kube-score@v1.20.0"),
  () => goModule("k8s.io/kubernetes@v1.36.3"),
  () => goModule("sigs.k8s.io/cluster-api@v1.14.2"),
  () => npmPackage("@aws-quickstart/eks-blueprints@1.19.0"),
  () => npmPackage("@kui-shell/plugin-kubectl@13.1.1"),
];
const version = "v1.36.3";
const directory = mkdtempSync(join(tmpdir(), "kubeadm-ha-foreign-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const schemas = join(directory, "schemas");
// Each fourth of 7,355 files, or all with KUBEADM_HA_FUZZ=full.
const files = sources
  .flatMap((find) => manifestsIn(find()))
  .filter((file, index) => process.env["KUBEADM_HA_FUZZ"] === "full" || index % 4 === 0 || isDefinition(file));
writeSchemas(schemas, version, new Set(files.flatMap((file) => kindsIn(readFileSync(file, "utf8")))));
writeDefinitionSchemas(join(directory, "definitions"), files.filter(isDefinition));
leaveOutBroken(join(directory, "definitions"));
const definitions = ["-schema-location", join(directory, "definitions", definitionTemplate)];

interface Verdict {
  readonly filename: string;
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly status: string;
  readonly msg: string;
}

describe.each([
  ["strictly", ["-strict"]],
  ["as it is by default", []],
])("judged %s", (_, flags) => {
  const words = [...flags, "-verbose", "-output", "json", "-n", "1", "-ignore-missing-schemas"];
  const all = [...words, "-kubernetes-version", version.slice(1), ...definitions];
  const ours = verdicts(process.execPath, [builtProgram, "kubeconform", ...all, "-schema-location", "default"]);
  const theirs = verdicts(oracle("kubeconform-v0.7.0"), [...all, "-schema-location", schemas]);

  test("there are many, good and bad", () => {
    expect(files.length).toBeGreaterThan(500);
    const statuses = [...theirs.values()].flat().map(({ status }) => status);
    for (const status of ["statusValid", "statusInvalid", "statusError", "statusSkipped"])
      expect(statuses.filter((one) => one === status).length, status).toBeGreaterThan(20);
  });

  test("every file has the same objects with the same verdicts, but for what is explained", () => {
    const differences = files.flatMap((file) => differencesOf(theirs.get(file) ?? [], ours.get(file) ?? []));
    expect(differences.filter(({ reason }) => reason === undefined)).toEqual([]);
  });
});

interface Difference {
  readonly theirs: Verdict | undefined;
  readonly ours: Verdict | undefined;
  readonly reason: string | undefined;
}

function differencesOf(theirs: readonly Verdict[], ours: readonly Verdict[]): readonly Difference[] {
  return Array.from({ length: Math.max(theirs.length, ours.length) }, (_, index) => {
    const pair = { theirs: theirs[index], ours: ours[index] };
    return same(pair.theirs, pair.ours) ? [] : [{ ...pair, reason: reasonFor(pair) }];
  }).flat();
}

function same(a: Verdict | undefined, b: Verdict | undefined): boolean {
  return a?.status === b?.status && a?.kind === b?.kind && a?.name === b?.name && a?.version === b?.version;
}

function reasonFor({ theirs, ours }: Omit<Difference, "reason">): string | undefined {
  const change = `${theirs?.status} ${ours?.status}`;
  if (change === "statusValid statusInvalid" && moreIsWrong.test(ours?.msg ?? ""))
    return "a value that the API server refuses, which the published schemas call a text";
  if (change === "statusInvalid statusValid" && nullIsWrong.test(theirs?.msg ?? ""))
    return "null where a quantity or a port may stand: the API server takes it for nothing";
  return undefined;
}

const moreIsWrong = /is none of|is not (?:a quantity|a time|base64|a whole number of)/;
const nullIsWrong = /oneOf failed, none matched.*got null, want string/;

function verdicts(program: string, words: readonly string[]): ReadonlyMap<string, readonly Verdict[]> {
  const { stdout } = spawnSync(program, [...words, ...files], { encoding: "utf8", maxBuffer: 1 << 30 });
  const { resources } = JSON.parse(stdout) as { readonly resources: readonly Verdict[] };
  const byFile = new Map<string, Verdict[]>();
  for (const verdict of resources) byFile.set(verdict.filename, [...(byFile.get(verdict.filename) ?? []), verdict]);
  return byFile;
}

function isDefinition(file: string): boolean {
  return /@v[\d.]+\/(?:core\/)?config\/crds?\/[\w.]+\/[\w.-]+\.yaml$/.test(file);
}

function manifestsIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => join(directory, name))
    .filter((file) => statSync(file).isFile() && /^kind: [A-Z]/m.test(readFileSync(file, "utf8")));
}

function kindsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bkind: *["']?(\w+)/g)].map(([, kind = ""]) => kind);
}

// kubeconform's script takes a field that is called properties for a list of fields, and kubeconform cannot read the result.
function leaveOutBroken(folder: string): void {
  for (const name of readdirSync(folder)) {
    let isBroken = false;
    JSON.parse(readFileSync(join(folder, name), "utf8"), (key, value: unknown) => {
      isBroken ||=
        key === "properties" && (value as { readonly additionalProperties?: unknown }).additionalProperties === false;
      return value;
    });
    if (isBroken) rmSync(join(folder, name));
  }
}
