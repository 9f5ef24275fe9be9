import { findDocument, type KubeadmDocument, valueAt } from "../config/kubeadm-documents.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { readYaml } from "../yaml/read.ts";
import { bindPortDocument } from "./bind-port-document.ts";
import type { WantedMap } from "./change.ts";
import { clusterConfiguration } from "./cluster-configuration.ts";
import { bindPortComment } from "./local-endpoint.ts";
import { mergeDocument } from "./merge.ts";

/**
 * The user's documents with what flags say in their place, so that they need no flags any more. Only
 * what a flag replaced is changed, and as the files for the nodes have it.
 */
export function flaggedDocuments(spec: ClusterSpec): readonly KubeadmDocument[] {
  const documents = spec.kubeadmDocuments.map((document) => {
    const set = fromFlags(spec, document);
    if (Object.values(set).every((value) => value === undefined)) return document;
    const comments = { "localAPIEndpoint.bindPort": bindPortComment };
    return withText(document, mergeDocument(document.source.text, { set, remove: [], comments }));
  });
  const needsPlace = spec.fromFlags.includes("apiServerPort") && findDocument(documents, initKind) === undefined;
  return needsPlace ? [...documents, bindPortDocument(spec)] : documents;
}

const initKind = "InitConfiguration";

function fromFlags(spec: ClusterSpec, document: KubeadmDocument): WantedMap {
  const is = (kind: string): boolean => findDocument(spec.kubeadmDocuments, kind) === document;
  const flagged = (name: string): boolean => spec.fromFlags.includes(name);
  if (is("ClusterConfiguration")) {
    const { set } = clusterConfiguration(spec);
    const replaced = Object.entries(set).filter(([key]) => flagged(key) && valueAt(document, [key]) !== undefined);
    return Object.fromEntries(replaced);
  }
  if (!flagged("apiServerPort")) return {};
  const localAPIEndpoint = { bindPort: spec.apiServerPort };
  // kubeadm's port has no key of ours: InitConfiguration keeps it, whether it stood there or not.
  if (is(initKind)) return { localAPIEndpoint };
  const joining =
    is("JoinConfiguration") && valueAt(document, ["controlPlane", "localAPIEndpoint", "bindPort"]) !== undefined;
  return joining ? { controlPlane: { localAPIEndpoint } } : {};
}

function withText(document: KubeadmDocument, text: string): KubeadmDocument {
  const { file } = document.source;
  const [source = document.source] = readYaml(file, text).documents;
  return { ...document, source: { ...source, text } };
}
