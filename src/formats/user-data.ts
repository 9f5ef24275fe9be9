import { kubeadmConfigPath } from "../kubeadm/files.ts";
import { secretStrings } from "../kubeadm/secrets.ts";
import type { PlannedNode } from "../plan/plan.ts";
import { budgetReport, type CompressedForm } from "./budget.ts";
import type { FormatInput, FormatOutput, OutputFile } from "./format.ts";
import { type GivenFile, givenFiles } from "./script/compact.ts";

/** What a machine gets at its first boot, and the files that are in it. */
export interface UserDocument {
  readonly file: OutputFile;
  readonly parts: readonly GivenFile[];
}

/** The node's files with the script that does the rest; what is much the same compresses best beside each other. */
export function userDataParts(node: PlannedNode, script: GivenFile): readonly GivenFile[] {
  return [...givenFiles(node).toSorted((a, b) => likeness(a) - likeness(b)), script];
}

// The script holds another kubeadm.yaml, and does what finalize.sh does.
function likeness({ path }: GivenFile): number {
  if (path === kubeadmConfigPath) return 1;
  if (path.endsWith("/finalize.sh")) return 3;
  return path.endsWith(".sh") ? 2 : 0;
}

/** All documents as the answer of a format, with a report of their sizes and a warning of secrets in them. */
export function userDataOutput(
  documents: readonly UserDocument[],
  { spec, compress }: FormatInput,
  compressed?: CompressedForm | null,
): FormatOutput {
  if (compress === undefined) throw new Error("the report of sizes needs something that compresses");
  const sizes = documents.map(({ file, parts }) => ({ name: file.path, text: file.text, parts }));
  return {
    // What stands there encoded is still there.
    files: documents.map(({ file, parts }) => ({ ...file, holds: parts.map(({ text }) => text) })),
    incomplete: [],
    notes: [...budgetReport(sizes, compress, compressed), ...secretWarnings(documents, secretStrings(spec))],
  };
}

function secretWarnings(documents: readonly UserDocument[], secrets: readonly string[]): readonly string[] {
  const holders = documents.filter(({ parts }) =>
    parts.some(({ text }) => secrets.some((secret) => text.includes(secret))),
  );
  if (holders.length === 0) return [];
  const names = holders.map(({ file }) => file.path).join(", ");
  return [`Secrets of kubeadm's documents are in ${names}: what runs on a machine can mostly read its user data`];
}
