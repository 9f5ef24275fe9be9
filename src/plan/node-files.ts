import { type FilledFile, fillFile, type NodeView } from "./facts.ts";
import type { FactName, PhaseName, PlannedFile, PlannedNode } from "./plan.ts";
import type { NodeState } from "./state.ts";

const agentNames = ["haproxy", "nginx", "keepalived"];

/** A file as it will be on this node. */
export interface WantedFile {
  readonly path: string;
  readonly mode: number;
  readonly phase: PhaseName;
  readonly text: string;
}

/** What a run does to a node's files. */
export interface NodeFiles {
  /** To be there, in writing order. */
  readonly wanted: readonly WantedFile[];
  /** Of an earlier run, and left as they are because they cannot be made now. */
  readonly kept: readonly PlannedFile[];
  /** Of an earlier run and of no use any more: static pods first, since they name the other files. */
  readonly stale: readonly string[];
  /** Without the facts that they need, and not there yet. */
  readonly incomplete: readonly { readonly file: PlannedFile; readonly missing: readonly FactName[] }[];
}

/** How to choose among a node's files. */
export interface Selection {
  readonly view: NodeView;
  readonly state: NodeState | undefined;
  /** Whether this run writes the files of a phase. */
  runs(phase: PhaseName): boolean;
  /** A file that this run must not make anew. */
  keeps?(path: string): boolean;
}

/** Sorts a node's files by what is to be done with them. */
export function nodeFiles(node: PlannedNode, { view, state, runs, keeps = () => false }: Selection): NodeFiles {
  const filled = node.files.map((file) => ({ file, result: fillFile(file, view) }));
  const present = new Set(state?.files.map(({ path }) => path));
  const unmade = filled.filter(({ file, result }) => isUnmade(result) || (keeps(file.path) && present.has(file.path)));
  const planned = new Set(filled.filter(({ result }) => result.state !== "absent").map(({ file }) => file.path));
  const stale = [...present].filter((path) => !planned.has(path));
  const selected = filled.filter((entry) => runs(entry.file.phase) && !unmade.includes(entry));
  return {
    wanted: selected.flatMap(({ file: { path, mode, phase }, result }) =>
      result.state === "complete" ? [{ path, mode, phase, text: result.text }] : [],
    ),
    kept: unmade.filter(({ file }) => runs(file.phase) && present.has(file.path)).map(({ file }) => file),
    stale: [...stale.filter(startsProgram), ...stale.filter((path) => !startsProgram(path))],
    incomplete: unmade.flatMap(({ file, result }) =>
      result.state === "incomplete" && runs(file.phase) && !present.has(file.path)
        ? [{ file, missing: result.missing }]
        : [],
    ),
  };
}

/** Whether the kubelet runs what stands at this path. */
export function isManifest(path: string): boolean {
  return path.startsWith("/etc/kubernetes/manifests/");
}

/** Whether it is the static pod of a program that can be a service instead. */
export function isAgentManifest(path: string): boolean {
  return agentManifests.includes(path);
}

/** The static pods of programs that can be services instead. */
export const agentManifests = agentNames.map((name) => `/etc/kubernetes/manifests/${name}.yaml`);

/** The services of a node in the order in which they start. */
export function unitNames(files: readonly { readonly path: string }[]): readonly string[] {
  const names = files.filter(({ path }) => isUnit(path)).map(({ path }) => path.replace(/.*\//, ""));
  return names.toSorted((a, b) => Number(a.includes("keepalived")) - Number(b.includes("keepalived")));
}

/** Whether it is the service of a program that can be a static pod instead. */
export function isAgentUnit(path: string): boolean {
  return agentUnits.includes(path);
}

/** The services of programs that can be static pods instead. */
export const agentUnits = agentNames.map((name) => `/etc/systemd/system/kubeadm-ha-${name}.service`);

/** Whether systemd runs what stands at this path. */
export function isUnit(path: string): boolean {
  return /^\/etc\/systemd\/system\/kubeadm-ha-[\w-]+\.service$/.test(path);
}

/** Whether a program starts because of this file. */
export function startsProgram(path: string): boolean {
  return isManifest(path) || isUnit(path);
}

function isUnmade(result: FilledFile): boolean {
  return result.state === "incomplete";
}
