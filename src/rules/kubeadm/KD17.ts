import type { FileRule } from "../rule.ts";
import { complaints } from "./complaints.ts";

export const KD17: FileRule = {
  id: "KD17",
  name: "newer-than-release",
  scope: "kubeadm",
  severity: "error",
  summary: "What came within an apiVersion is used with releases that know it.",
  reason:
    "encryptionAlgorithm ECDSA-P384 came with 1.34 (https://github.com/kubernetes/kubernetes/pull/131677), etcd.external.httpEndpoints with 1.35 (https://github.com/kubernetes/kubernetes/pull/134890): older ones refuse the value and drop the field",
  remedy: "remove it, or use a newer release",
  check: (documents, context) => complaints(documents, context, ["release"]),
};
