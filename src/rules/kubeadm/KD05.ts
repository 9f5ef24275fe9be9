import type { FileRule } from "../rule.ts";
import { complaints } from "./complaints.ts";

export const KD05: FileRule = {
  id: "KD05",
  name: "field-type",
  scope: "kubeadm",
  severity: "error",
  summary: "Every field has a value that kubeadm accepts, and what belongs together is complete.",
  reason:
    "kubeadm refuses the document, as kubeadm config validate tells (https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go)",
  remedy: "write a value of the type that the field has",
  check: (documents, context) =>
    // What is missing in a part of an HAConfiguration's input is added to it.
    complaints(documents, context, context.node.isMaterial === true ? ["type", "value"] : ["type", "value", "missing"]),
};
