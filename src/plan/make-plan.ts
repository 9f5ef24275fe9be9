import { runsOn } from "../components/component.ts";
import { components } from "../components/index.ts";
import { plannedFile } from "../components/planned-file.ts";
import { copiedCA } from "../components/cluster-ca.ts";
import { groupMember } from "../config/group-member.ts";
import { type ClusterSpec, initNode, type NodeSpec } from "../config/spec.ts";
import { kubeadmFiles } from "../kubeadm/files.ts";
import { type BootstrapRole, phaseNames, type Plan, type PlannedFile, type PlannedNode } from "./plan.ts";
import { patchFiles } from "./patch-files.ts";
import { startsProgram } from "./node-files.ts";
import { runbook } from "./runbook.ts";

/** What a plan needs beside the cluster. */
export interface PlanOptions {
  /** Those that the runbook renders again with. */
  readonly renderFlags?: readonly string[];
  /** The input as nodes keep it, see `savedConfiguration`; without it no ha.yaml is planned. */
  readonly savedConfiguration?: string;
  /** The certificate of the cluster's CA, for machines that kubeadm does not bring it to. */
  readonly caCertificate?: string | undefined;
}

/** Every file of every node and the runbook: same cluster, same plan, to the byte. */
export function makePlan(spec: ClusterSpec, options: PlanOptions = {}): Plan {
  const { renderFlags = ["--config", "ha.yaml"] } = options;
  const founder = initNode(spec);
  const nodes = spec.nodes.map((node): PlannedNode => ({
    name: node.name,
    role: node.role,
    bootstrap: node === founder ? "init" : "join",
    files: nodeFiles(spec, node, options),
  }));
  return { nodes, runbook: runbook(spec, renderFlags) };
}

/** The files of any machine of a group in one role; it keeps no ha.yaml, which would not list it. */
export function makeGroupPlan(spec: ClusterSpec, bootstrap: BootstrapRole): Plan {
  const member = groupMember(spec);
  const files = nodeFiles(spec, member, {});
  return { nodes: [{ name: member.name, role: "control-plane", bootstrap, files }], runbook: "" };
}

/** Where a node keeps the input, so that commands there need no arguments. */
export const savedConfigurationPath = "/etc/kubeadm-ha/ha.yaml";

function nodeFiles(
  spec: ClusterSpec,
  node: NodeSpec,
  options: Pick<PlanOptions, "savedConfiguration" | "caCertificate">,
): readonly PlannedFile[] {
  const { savedConfiguration } = options;
  const ofComponents = components
    .filter((component) => component.appliesTo(spec) && runsOn(component, spec, node))
    .flatMap((component) => component.files(spec, node));
  const saved =
    savedConfiguration === undefined
      ? []
      : [plannedFile(node, { path: savedConfigurationPath, mode: 0o600, phase: "save" }, savedConfiguration)];
  const files = [
    ...kubeadmFiles(spec, node),
    ...patchFiles(spec, node),
    ...ofComponents,
    ...copiedCA(spec, node, options.caCertificate),
    ...saved,
  ].toSorted(inWritingOrder);
  const twice = files.find((file, index) => files.findIndex((other) => other.path === file.path) < index);
  if (twice !== undefined) throw new Error(`two files for ${twice.path} on ${node.name}`);
  return files;
}

// Manifests and units last within a phase: kubelet starts a pod as soon as it sees one, and its files must be there.
function inWritingOrder(a: PlannedFile, b: PlannedFile): number {
  const byPhase = phaseNames.indexOf(a.phase) - phaseNames.indexOf(b.phase);
  const byKind = Number(startsProgram(a.path)) - Number(startsProgram(b.path));
  return byPhase || byKind || (a.path < b.path ? -1 : Number(a.path > b.path));
}
