import { isManifest } from "../../plan/node-files.ts";
import type { Plan, PlannedNode } from "../../plan/plan.ts";
import { budgetReport, type CompressedForm } from "../budget.ts";
import type { FormatInput, FormatOutput, IgnitionVersion } from "../format.ts";
import { compactScript, type GivenFile, givenFiles } from "../script/compact.ts";
import { secretWarnings, type UserDocument } from "../user-data.ts";
import { type GivenDirectory, ignitionConfig } from "./config.ts";
import { prepareUnit, scriptPath } from "./unit.ts";

/** What Ignition gets: the files that it writes, and the script that does the rest at the end of the first boot. */
export function produceConfigurations({ nodes }: Plan, input: FormatInput): FormatOutput {
  const { compress } = input;
  if (compress === undefined) throw new Error("the report of sizes needs something that compresses");
  const version = input.options?.ignitionVersion ?? "3.4";
  const documents = nodes.map((node) => configuration(node, input, version));
  return {
    files: documents.map(({ file }) => file),
    incomplete: [],
    notes: [
      ...budgetReport(
        documents.map(({ file, parts }) => ({ name: file.path, text: file.text, parts })),
        compress,
        version === "2.3" ? null : replacement,
      ),
      ...secretWarnings(documents, input.spec),
    ],
  };
}

/** A configuration by gzip inside of another one, since Ignition takes no compressed user data: `ignition.config.replace`. */
const replacement: CompressedForm = {
  how: "ignition.config.replace with gzip, see docs/flatcar.md",
  size: (bytes) => Math.ceil(bytes / 3) * 4 + 110,
};

function configuration(node: PlannedNode, { spec, product }: FormatInput, version: IgnitionVersion): UserDocument {
  const script = { path: scriptPath, mode: 0o700, text: compactScript({ spec, node, product }) };
  const given = givenFiles(node).toSorted((a, b) => Number(isScript(a)) - Number(isScript(b)));
  const parts = [...given, script];
  const text = ignitionConfig(
    { directories: closedDirectories(parts), files: parts, unit: prepareUnit(node) },
    version,
  );
  return { file: { path: `${node.name}.ign`, node: node.name, mode: 0o600, text, holds: parts.map(textOf) }, parts };
}

// Beside each other they compress best.
function isScript({ path }: GivenFile): boolean {
  return path.endsWith(".sh");
}

// As kubeadm itself makes it; Ignition would make it 0755.
function closedDirectories(files: readonly GivenFile[]): readonly GivenDirectory[] {
  return files.some(({ path }) => isManifest(path)) ? [{ path: "/etc/kubernetes/manifests", mode: 0o700 }] : [];
}

function textOf({ text }: GivenFile): string {
  return text;
}
