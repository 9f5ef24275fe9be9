import { repeatedKinds } from "../../kubeadm/repeated-kinds.ts";
import type { FileRule } from "../rule.ts";
import { hitAt } from "./documents.ts";

export const KD06: FileRule = {
  id: "KD06",
  name: "duplicate-kind",
  scope: "kubeadm",
  severity: "error",
  summary: "A file for kubeadm has each kind once.",
  reason:
    'kubeadm stops with `invalid configuration: kind "X" is specified twice in YAML file` (https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/util/marshal.go)',
  remedy: "put both into one document",
  check: (documents) =>
    repeatedKinds(documents).map(({ repeated: document, first }) =>
      hitAt(
        { document, path: ["kind"] },
        {
          message: `a second ${document.kind}; the first is in line ${first.locate(["kind"]).line}`,
          remedy: KD06.remedy,
        },
      ),
    ),
};
