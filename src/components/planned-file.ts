import type { V1Pod } from "@kubernetes/client-node";

import type { NodeSpec } from "../config/spec.ts";
import { type FileContent, fixed, type PhaseName, type PlannedFile } from "../plan/plan.ts";
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
export function manifestPlace(name: string, phase: PhaseName): FilePlace {
  return { path: `/etc/kubernetes/manifests/${name}.yaml`, mode: 0o600, phase };
}

/** A manifest with the sentence at its head that tells a reader who wrote it. */
export function manifestText(pod: V1Pod, comments: Comments): string {
  return toYaml(pod, { "": generatedBy, ...comments });
}
