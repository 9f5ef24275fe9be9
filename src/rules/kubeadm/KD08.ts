import type { FileRule } from "../rule.ts";
import { complaints } from "./complaints.ts";

export const KD08: FileRule = {
  id: "KD08",
  name: "feature-gate",
  scope: "kubeadm",
  severity: "error",
  summary: "Every feature gate is one that the kubeadm of its release knows.",
  reason:
    'kubeadm stops with "X is not a valid feature name."; gates go when their feature is settled (https://github.com/kubernetes-sigs/kind/issues/4230)',
  remedy: "remove the gate",
  check: (documents, context) => complaints(documents, context, ["gate"]),
};
