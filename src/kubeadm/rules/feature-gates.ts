import type { Rule } from "../../config/rule.ts";
import { complaints } from "./complaints.ts";

/** A gate that a kubeadm does not know stops it. */
export const featureGates: Rule = {
  id: "kubeadm-feature-gates",
  summary: "every feature gate is one that the kubeadm of this release knows",
  reason:
    'kubeadm stops with "X is not a valid feature name."; gates go when their feature is settled (https://github.com/kubernetes-sigs/kind/issues/4230)',
  check: (spec) => complaints(spec, "gate"),
};
