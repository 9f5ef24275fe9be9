import type { V1Pod } from "@kubernetes/client-node";

import { distributions } from "../config/distributions.ts";
import type { PatchFile } from "../config/patches.ts";
import { pathSteps, readPath } from "../config/paths.ts";
import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import { UserError } from "../errors.ts";
import { type FileContent, fixed, perRole, type PhaseName, type PlannedFile } from "../plan/plan.ts";
import { applyPatch } from "../render/patch/apply-patch.ts";
import { equal, type Json, type JsonMap, PatchError } from "../render/patch/json.ts";
import { type Comments, toYaml } from "../yaml/write.ts";
import { generatedBy } from "../render/generated-by.ts";

/** Where a text goes. */
export interface FilePlace {
  readonly path: string;
  readonly mode: number;
  readonly phase: PhaseName;
}

/** A file that is the same whether the node founds the cluster or joins it. */
export function plannedFile(node: NodeSpec, place: FilePlace, text: string | FileContent): PlannedFile {
  const content = typeof text === "string" ? fixed(text) : text;
  return { node: node.name, ...place, variants: { init: content, join: content } };
}

/** The place of a static pod's manifest; 0600 is kubeadm's own mode for these files. */
export function manifestPlace(name: string, phase: PhaseName, directory: string): FilePlace {
  return { path: `${directory}/${name}.yaml`, mode: 0o600, phase };
}

/** A static pod with the reasons of its lines. */
interface StaticPodFile {
  readonly phase: PhaseName;
  readonly pod: V1Pod;
  readonly comments: Comments;
}

/** The manifest of a static pod in its place, after the user's patches. */
export function staticPodFile(spec: ClusterSpec, node: NodeSpec, { phase, pod, comments }: StaticPodFile): PlannedFile {
  const place = manifestPlace(pod.metadata?.name ?? "", phase, spec.staticPodPath);
  return plannedFile(node, place, manifestText(spec, pod, comments));
}

/** A file that only the founding node has: what is applied to the cluster once. */
export function foundersFile(node: NodeSpec, place: FilePlace, text: () => string): PlannedFile {
  return { node: node.name, ...place, variants: perRole((role) => (role === "init" ? fixed(text()) : null)) };
}

/** Where the objects of a program stand that belong to the cluster, not to a node. */
export function objectsPath({ distribution }: ClusterSpec, name: string): string {
  const { manifests } = distributions[distribution];
  return manifests === undefined ? `/etc/kubeadm-ha/kube-vip/${name}.yaml` : `${manifests}/kubeadm-ha-${name}.yaml`;
}

/** Several objects in one file; comments are of the first. */
export function objectsText(objects: readonly object[], comments: Comments = {}): string {
  return objects
    .map((object, index) => toYaml(object, index === 0 ? { "": generatedBy, ...comments } : {}))
    .join("---\n");
}

/** A manifest with the sentence at its head that tells a reader who wrote it, after the user's patches. */
export function manifestText(spec: ClusterSpec, pod: V1Pod, comments: Comments): string {
  const files = spec.patches.filter(({ target }) => target === pod.metadata?.name);
  const head = comments[""] ?? generatedBy;
  if (files.length === 0) return toYaml(pod, { ...comments, "": head });
  // Without its undefined keys a pod is JSON.
  const original = JSON.parse(JSON.stringify(pod)) as JsonMap;
  const patched = files.reduce(patchedBy, original);
  const names = files.map(({ name }) => name).join(", ");
  // A comment explains what we wrote, so it stays where that has stayed.
  const kept = Object.entries(comments).filter(([path]) =>
    equal(readPath(original, pathSteps(path)) as Json, readPath(patched, pathSteps(path)) as Json),
  );
  return toYaml(patched, { ...Object.fromEntries(kept), "": `${head}\nPatched by ${names}.` });
}

function patchedBy(pod: JsonMap, { name, type, patches }: PatchFile): JsonMap {
  try {
    return patches.reduce<JsonMap>((value, patch) => applyPatch(value, type, patch), pod);
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    throw new UserError(`${name} cannot be applied: ${error.message}`);
  }
}
