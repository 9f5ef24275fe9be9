import { acceptanceOf } from "../../kubeadm/accepted-version.ts";
import type { FileRule } from "../rule.ts";
import { hitAt, ownDocuments } from "./documents.ts";
import { releaseOf, statedRelease } from "./release.ts";

export const KD18: FileRule = {
  id: "KD18",
  name: "deprecated-api",
  scope: "kubeadm",
  severity: "warning",
  summary: "Documents have the newest form that their release accepts.",
  reason:
    "kubeadm 1.31 to 1.36 warn of v1beta3, and 1.37 refuses it (https://github.com/kubernetes/kubernetes/pull/136016)",
  remedy: "run kubeadm config migrate with a kubeadm of 1.31 to 1.36",
  check(documents, context) {
    const release = releaseOf(documents, context);
    // Nobody says that they are not for an older release, for which the form is right.
    const guessed = context.isAsked !== true && statedRelease(documents, context) === undefined;
    return ownDocuments(documents).flatMap((document) => {
      const acceptance = acceptanceOf(document.apiVersion, release);
      if (acceptance?.accepted !== true) return [];
      const { message, remedy } = acceptance;
      const saying = { message, remedy, ...(guessed && { severity: "info" as const }) };
      return [hitAt({ document, path: ["apiVersion"] }, saying)];
    });
  },
};
