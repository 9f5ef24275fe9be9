import { isRecord } from "../../config/paths.ts";
import type { Problem, Rule } from "../../config/rule.ts";
import { factMarkerPrefix } from "../../plan/plan.ts";
import { repeatedKinds } from "../repeated-kinds.ts";
import { problemAt } from "./at.ts";

/** Two documents of one kind are one too many for kubeadm. */
export const oneOfAKind: Rule = {
  id: "kubeadm-duplicate-kind",
  summary: "there is at most one document of each of kubeadm's kinds",
  reason: 'kubeadm stops with `invalid configuration: kind "X" is specified twice in YAML file`',
  check(spec) {
    const known = spec.kubeadmDocuments.filter((document) =>
      /^(kubeadm|kubelet\.config|kubeproxy\.config)\.k8s\.io\//.test(document.apiVersion),
    );
    return repeatedKinds(known).map(({ repeated: document, first }) => {
      const { file, line } = first.source.locate([]);
      return problemAt(
        { document, path: [] },
        {
          severity: "error",
          message: `a second ${document.kind}; the first is at ${file}:${line}`,
          remedy: "put both into one document",
        },
      );
    });
  },
};

/** What stands for a fact of the node must not come from the user. */
export const reservedMarker: Rule = {
  id: "kubeadm-reserved-text",
  summary: `no document contains ${factMarkerPrefix}`,
  reason: "the marker is replaced on the node by a token, a hash, a key or an interface name",
  check(spec) {
    const marked = spec.kubeadmDocuments.filter((document) => document.source.text.includes(factMarkerPrefix));
    return marked.map((document) =>
      problemAt(
        { document, path: [] },
        { severity: "error", message: `contains ${factMarkerPrefix}`, remedy: "choose another text" },
      ),
    );
  },
};

/** Merge keys hide values from us: what comes through them cannot be compared or edited. */
export const mergeKeys: Rule = {
  id: "kubeadm-merge-key",
  summary: "the documents that are completed have no merge keys (<<)",
  reason:
    "values behind a merge key are neither checked nor edited, so a second, different value could be added beside them",
  check(spec) {
    const completed = spec.kubeadmDocuments.filter((document) =>
      /^(Init|Cluster|Join)Configuration$/.test(document.kind),
    );
    return completed.flatMap((document) =>
      mergePaths(document.source.value).map((path): Problem =>
        problemAt(
          { document, path },
          {
            severity: "error",
            message: "has a merge key (<<)",
            remedy: "write its keys out, or use an alias for the whole value",
          },
        ),
      ),
    );
  },
};

function mergePaths(value: unknown): readonly (readonly (string | number)[])[] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => mergePaths(item).map((path) => [index, ...path]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key === "<<" ? [[key]] : mergePaths(entry).map((path) => [key, ...path]),
  );
}
