import type { FileRule } from "../rule.ts";
import { complaints } from "./complaints.ts";

export const KD04: FileRule = {
  id: "KD04",
  name: "unknown-field",
  scope: "kubeadm",
  severity: "error",
  summary: "Every field is one of its apiVersion.",
  reason:
    "kubeadm init and join only warn of an unknown field and go on without it: a mistyped certSANs makes a certificate without the virtual IP (https://github.com/kubernetes/kubeadm/issues/1828)",
  remedy: "write the field as its apiVersion has it",
  check: (documents, context) => complaints(documents, context, ["field"]),
};
