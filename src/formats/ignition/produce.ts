import { isManifest } from "../../plan/node-files.ts";
import type { Plan, PlannedNode } from "../../plan/plan.ts";
import type { CompressedForm } from "../budget.ts";
import type { FormatInput, FormatOutput, IgnitionVersion } from "../format.ts";
import { compactScript, type GivenFile } from "../script/compact.ts";
import { type UserDocument, userDataOutput, userDataParts } from "../user-data.ts";
import { type GivenDirectory, ignitionConfig } from "./config.ts";
import { prepareUnit, scriptPath } from "./unit.ts";

/** What Ignition gets: the files that it writes, and the script that does the rest at the end of the first boot. */
export function produceConfigurations({ nodes }: Plan, input: FormatInput): FormatOutput {
  const version = input.options?.ignitionVersion ?? "3.4";
  const documents = nodes.map((node) => configuration(node, input, version));
  return userDataOutput(documents, input, version === "2.3" ? null : replacement);
}

/** A configuration by gzip inside of another one, since Ignition takes no compressed user data: `ignition.config.replace`. */
const replacement: CompressedForm = {
  how: "ignition.config.replace with gzip, see docs/flatcar.md",
  size: (bytes) => Math.ceil(bytes / 3) * 4 + 110,
};

function configuration(node: PlannedNode, { spec, product }: FormatInput, version: IgnitionVersion): UserDocument {
  const script = { path: scriptPath, mode: 0o700, text: compactScript({ spec, node, product }) };
  const parts = userDataParts(node, script);
  const text = ignitionConfig(
    { directories: closedDirectories(parts), files: parts, unit: prepareUnit(node) },
    version,
  );
  return { file: { path: `${node.name}.ign`, node: node.name, mode: 0o600, text }, parts };
}

// As kubeadm itself makes it; Ignition would make it 0755.
function closedDirectories(files: readonly GivenFile[]): readonly GivenDirectory[] {
  return files.some(({ path }) => isManifest(path)) ? [{ path: "/etc/kubernetes/manifests", mode: 0o700 }] : [];
}
