import { UserError } from "../../errors.ts";
import { budgetReport } from "../budget.ts";
import type { ClusterApiOptions, FormatInput, FormatOutput } from "../format.ts";
import { kubeadmParts } from "./configuration.ts";
import {
  characters,
  contentLimit,
  type FilePlacing,
  type FileProblem,
  type PlacedFile,
  placeFile,
} from "./file-entry.ts";
import { limitProblems, limitText } from "./limits.ts";
import { type MachinePart, machinePart } from "./machine.ts";
import { controlPlaneSpec, type ObjectInput, objectText } from "./objects.ts";
import { type ContractVersion, type ObjectKind, objectKinds } from "./versions.ts";

/** Objects of Cluster API, or the part of one, for machines that it makes. */
export function produceObjects(input: FormatInput, version: ContractVersion): FormatOutput {
  const { kind, bootstrapFormat = "cloud-config", restore } = clusterApiOptions(input);
  const { spec, compress } = input;
  if (compress === undefined) throw new Error("this format compresses");
  requireOwnPatches(input);
  const parts = kubeadmParts(spec, version);
  if (parts.findings.length > 0)
    throw new UserError("Cluster API cannot take this configuration", { findings: parts.findings });
  const machine = restoredMachine(input);
  const secretName = "${CLUSTER_NAME}-kubeadm-ha";
  const files = placeFiles(machine, { bootstrapFormat, compress, secretName });
  const objectInput: ObjectInput = {
    target: { version, kind },
    bootstrapFormat,
    parts,
    files,
    commands: machine,
    release: spec.kubernetesVersion.text,
    secretName,
  };
  const problems = limitProblems(controlPlaneSpec(objectInput));
  if (problems.length > 0) throw new UserError(problems.map((problem) => limitText(problem, ["spec"])).join("\n"));
  const text = restore(objectText(objectInput));
  return {
    files: [{ path: fileName(kind), mode: 0o600, text }],
    incomplete: [],
    beside: [undefined, ...objectKinds].map(fileName),
    notes: [
      ...(kind === "KubeadmConfigTemplate" ? [] : sizes({ text, machine, files }, compress)),
      ...parts.ofCluster.map(
        (key) => `${key} of ClusterConfiguration is left out: say it in the Cluster (${clusterPlaces[key] ?? "spec"})`,
      ),
    ],
  };
}

// kubeadm's patches are Cluster API's own key, with files that its users list themselves.
function requireOwnPatches({ spec }: FormatInput): void {
  const foreign = spec.patches.find(({ target }) => target !== "kube-vip");
  if (foreign !== undefined)
    throw new UserError(
      `${foreign.name} is not for kube-vip: write patches for kubeadm into the object, as files and initConfiguration.patches`,
    );
}

interface Sized {
  readonly text: string;
  readonly machine: MachinePart;
  readonly files: readonly PlacedFile[];
}

/** What the object takes; Cluster API does not compress what it makes of it, but a few providers do on the way. */
export function sizes({ text, machine, files }: Sized, compress: (text: string) => Uint8Array): readonly string[] {
  const longest = Math.max(0, ...files.map(({ entry }) => characters(entry.content ?? "")));
  return [
    ...budgetReport([{ name: "the object", text, parts: machine.files }], compress, null),
    `Cluster API, ${contentLimit.toLocaleString("en-US")} characters a file: fits, the longest has ${longest.toLocaleString("en-US")}`,
    "Cluster API adds kubeadm's configuration and, on control-plane machines, the certificates",
  ];
}

/** The files of a machine with the variables of the configuration in them. */
export function restoredMachine(input: FormatInput): MachinePart {
  const { spec } = input;
  const { restore } = clusterApiOptions(input);
  // A file for the name suits every release, and which one it will be is not known.
  const unknown = restore(spec.kubernetesVersion.text) !== spec.kubernetesVersion.text;
  const { files, ...commands } = machinePart(unknown ? { ...spec, kubeVip: { ...spec.kubeVip, hosts: "file" } } : spec);
  return { ...commands, files: files.map((file) => ({ ...file, text: restore(file.text) })) };
}

/** The files as entries; what cannot be one is told for all of them at once. */
export function placeFiles({ files }: MachinePart, placing: FilePlacing): readonly PlacedFile[] {
  const placed = files.map((file) => placeFile(file, placing));
  const problems = placed.filter((result): result is FileProblem => "message" in result);
  if (problems.length > 0)
    throw new UserError(problems.map(({ path, message, remedy }) => `${path} ${message}; ${remedy}`).join("\n"));
  return placed.filter((result): result is PlacedFile => "entry" in result);
}

export function clusterApiOptions({ options }: FormatInput): ClusterApiOptions {
  return options?.clusterApi ?? { restore: (text) => text };
}

const clusterPlaces: Readonly<Record<string, string>> = {
  networking: "spec.clusterNetwork",
  clusterName: "metadata.name",
};

function fileName(kind: ObjectKind | undefined): string {
  return `${kind === undefined ? "kubeadm-control-plane-part" : kebab(kind)}.yaml`;
}

function kebab(kind: string): string {
  return kind.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
