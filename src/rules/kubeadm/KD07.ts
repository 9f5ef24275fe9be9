import { acceptanceOf } from "../../kubeadm/accepted-version.ts";
import type { FileRule } from "../rule.ts";
import { hitAt, ownDocuments } from "./documents.ts";
import { releaseOf } from "./release.ts";

export const KD07: FileRule = {
  id: "KD07",
  name: "api-version",
  scope: "kubeadm",
  severity: "error",
  summary: "Every document has an apiVersion that the kubeadm of its release accepts.",
  reason:
    "v1beta4 came with Kubernetes 1.31 and v1beta3 went with 1.37; kubeadm refuses the others (https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/)",
  remedy: "write the document in the form of its release",
  check(documents, context) {
    const release = releaseOf(documents, context);
    return ownDocuments(documents).flatMap((document) => {
      const acceptance = acceptanceOf(document.apiVersion, release);
      if (acceptance === undefined || acceptance.accepted) return [];
      const { message, remedy } = acceptance;
      return [hitAt({ document, path: ["apiVersion"] }, { message, remedy })];
    });
  },
};
