import type { FileRule } from "../rule.ts";
import { complaints } from "./complaints.ts";

export const KD13: FileRule = {
  id: "KD13",
  name: "secret-form",
  scope: "kubeadm",
  severity: "error",
  summary: "Tokens, CA hashes and certificate keys are well formed.",
  reason:
    "kubeadm refuses malformed ones, hashes and keys only when the node joins (https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-join/#token-based-discovery-with-ca-pinning)",
  remedy: "write what kubeadm printed",
  check: (documents, context) => complaints(documents, context, ["secret"]),
};
