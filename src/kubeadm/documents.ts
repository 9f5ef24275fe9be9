import { findDocument } from "../config/kubeadm-documents.ts";
import type { ClusterSpec, NodeSpec } from "../config/spec.ts";
import { type BootstrapRole, deferred, factsIn, type FileContent, fixed, perRole } from "../plan/plan.ts";
import { generatedBy } from "../render/generated-by.ts";
import { toYaml } from "../yaml/write.ts";
import { apiVersionOf } from "./api-version.ts";
import { isBindPortDocument } from "./bind-port-document.ts";
import { type Change, commentsWithin, pruned } from "./change.ts";
import { clusterConfiguration } from "./cluster-configuration.ts";
import { placedMarkers } from "./emit.ts";
import { initConfiguration } from "./init-configuration.ts";
import { joinConfiguration } from "./join-configuration.ts";
import { kubeProxyConfiguration, kubeProxyDocument } from "./kube-proxy-configuration.ts";
import { mergeDocument } from "./merge.ts";

/** /etc/kubeadm-ha/kubeadm.yaml of a node in each role: the user's documents with our values, or our own. */
export function kubeadmContent(spec: ClusterSpec, node: NodeSpec): Readonly<Record<BootstrapRole, FileContent | null>> {
  return perRole((role) => {
    if (role === "join") {
      const change = joinConfiguration(spec, node);
      const needs = factsIn(JSON.stringify(change.set));
      return deferred(needs, () => stream(headOf(node, role), [edited(spec, "JoinConfiguration", change)]));
    }
    return node.role === "control-plane" ? fixed(stream(headOf(node, role), initDocuments(spec, node))) : null;
  });
}

function headOf(node: NodeSpec, role: BootstrapRole): string {
  const place = node.name === "" ? "any machine of the group" : node.name;
  return `# For \`kubeadm ${role} --config\` on ${place}.\n# ${generatedBy}\n`;
}

/** Ours first where the user gave none; then all of the user's in their order. */
function initDocuments(spec: ClusterSpec, node: NodeSpec): readonly string[] {
  const proxy = kubeProxyConfiguration(spec);
  const ours = new Map([
    ["InitConfiguration", initConfiguration(spec, node)],
    ["ClusterConfiguration", clusterConfiguration(spec)],
  ]);
  const kept = spec.kubeadmDocuments.filter(
    (document) =>
      document !== findDocument(spec.kubeadmDocuments, "JoinConfiguration") && !isBindPortDocument(document),
  );
  const written = [...ours]
    .filter(([kind]) => findDocument(kept, kind) === undefined)
    .map(([kind, change]) => edited(spec, kind, change));
  const merged = kept.map((document) => {
    const isOurs = document === findDocument(spec.kubeadmDocuments, document.kind);
    const change = document === kubeProxyDocument(spec) ? proxy : isOurs ? ours.get(document.kind) : undefined;
    return change === undefined ? document.source.text : mergeDocument(document.source.text, change);
  });
  return [...written, ...merged];
}

function edited(spec: ClusterSpec, kind: string, change: Change): string {
  const document = findDocument(spec.kubeadmDocuments, kind);
  if (document !== undefined && !isBindPortDocument(document)) return mergeDocument(document.source.text, change);
  const value = pruned({ apiVersion: apiVersionOf(spec, kind), kind, ...change.set });
  return placedMarkers(toYaml(value, commentsWithin(value, change.comments)));
}

/**
 * One YAML stream. kubeadm cuts it at the separators and takes a piece of comments only for a document
 * without kind: our head must stand in the first document's own piece.
 */
function stream(head: string, [first = "", ...rest]: readonly string[]): string {
  const separator = /^---[ \t]*(#.*)?\r?\n/.exec(first);
  // A separator without a comment says nothing at the start of a file.
  const opening = separator?.[1] === undefined ? "" : separator[0];
  const start = opening + head + first.slice(separator?.[0].length ?? 0);
  const further = rest.map((text) => (/^---[ \t]*\r?\n/.test(text) ? text : `---\n${text}`));
  return [start, ...further].map((text) => (text.endsWith("\n") ? text : `${text}\n`)).join("");
}
