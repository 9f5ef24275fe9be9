import { nearest } from "../../config/did-you-mean.ts";
import { minorsWhere } from "../../config/kubernetes-behaviour.ts";
import type { Rule } from "../../config/rule.ts";
import { kubeadmGroup } from "../api-version.ts";
import { kindsOf } from "../fields.ts";
import { problemAt, versionOf } from "./at.ts";

/** A document of a kind that does not exist is read by nobody. */
export const unknownKind: Rule = {
  id: "kubeadm-unknown-kind",
  summary: `every document of ${kubeadmGroup} has a kind of its apiVersion`,
  reason:
    "kubeadm init and join only warn of an unknown kind and take defaults for what it says; kubeadm config validate refuses it (https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/util/config/initconfiguration.go)",
  check(spec) {
    return spec.kubeadmDocuments.flatMap((document) => {
      const version = versionOf(document);
      // Other versions are refused as a whole.
      if (version === undefined || Object.hasOwn(kindsOf(version), document.kind)) return [];
      const message = `${document.apiVersion} has no kind "${document.kind}"`;
      const remedy = remedyFor(document.kind, Object.keys(kindsOf(version)));
      return [problemAt({ document, path: ["kind"] }, { severity: "error", message, remedy })];
    });
  },
};

function remedyFor(kind: string, kinds: readonly string[]): string {
  if (Object.hasOwn(kindsOf("v1beta4"), kind)) {
    const { first } = minorsWhere((row) => row.accepts.includes("v1beta4"));
    return `remove the document: ${kubeadmGroup}/v1beta4 has it, from Kubernetes 1.${first} on`;
  }
  const meant = nearest(kind, kinds);
  return meant === undefined ? `remove the document, or write one of ${kinds.join(", ")}` : `write ${meant}`;
}
