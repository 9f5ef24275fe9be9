import type { V1Pod } from "@kubernetes/client-node";
import { parse } from "yaml";

import { components } from "../../src/components/index.ts";
import type { ClusterSpec, NodeSpec } from "../../src/config/spec.ts";
import type { BootstrapRole, PlannedFile } from "../../src/plan/plan.ts";
import { firstNode } from "./cluster.ts";

/** All files of all components that the cluster uses, on one node. */
export function nodeFiles(spec: ClusterSpec, node: NodeSpec = firstNode(spec)): readonly PlannedFile[] {
  return components
    .filter((component) => component.appliesTo(spec))
    .flatMap((component) => component.files(spec, node));
}

/** The text of the file whose path ends so, on the first node. */
export function fileText(spec: ClusterSpec, pathEnd: string, role: BootstrapRole = "init"): string {
  const content = nodeFiles(spec).find(({ path }) => path.endsWith(pathEnd))?.variants[role];
  if (content === undefined || content === null) throw new Error(`no file ${pathEnd}`);
  return content.text;
}

/** The static pod of that name, read back as the kubelet reads it. */
export function podOf(spec: ClusterSpec, name: string, role: BootstrapRole = "init"): V1Pod {
  return parse(fileText(spec, `/manifests/${name}.yaml`, role), { version: "1.1" });
}
