import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";

import { exampleFiles, exampleInput, exampleNames, treeName, versionsOf } from "../scripts/examples.ts";
import { resolveConfiguration } from "../src/config/resolve.ts";
import { ownedListName } from "../src/host/output-directory.ts";

const root = join(import.meta.dirname, "..");
const cases = exampleNames(root).flatMap((name) =>
  versionsOf(name).map((version) => ({ name, version, directory: join(root, "manifests", name) })),
);

describe.each(cases)("manifests/$name for Kubernetes $version", ({ directory, version }) => {
  const files = exampleFiles(directory, version);
  const tree = join(directory, treeName(version));

  it("is what render makes, to the byte, and nothing else", () => {
    expect(treePaths(tree)).toEqual(files.map((file) => file.path).toSorted());
    for (const file of files) expect(readFileSync(join(tree, file.path), "utf8"), file.path).toBe(file.text);
  });

  it("is the same when rendered again", () => {
    expect(exampleFiles(directory, version)).toEqual(files);
  });

  it("reads back as YAML without a warning", () => {
    for (const file of files.filter(({ path }) => path.endsWith(".yaml"))) {
      const documents = parseAllDocuments(file.text, { version: "1.1" });
      expect(
        documents.flatMap((document) => [...document.errors, ...document.warnings]),
        file.path,
      ).toEqual([]);
    }
  });

  it("has no error", () => {
    const { findings } = resolveConfiguration(exampleInput(directory, version));
    expect(findings.filter((finding) => finding.severity === "error")).toEqual([]);
  });
});

it("every example has a tree for the first, a middle and the last supported API of kubeadm", () => {
  for (const { directory, version } of cases)
    expect(existsSync(join(directory, treeName(version), ownedListName))).toBe(true);
});

function treePaths(directory: string): readonly string[] {
  const all = readdirSync(directory, { recursive: true, encoding: "utf8" });
  return all.filter((path) => statSync(join(directory, path)).isFile() && path !== ownedListName).toSorted();
}
