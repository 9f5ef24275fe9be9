import type { Rule } from "../../config/rule.ts";
import { complaints } from "./complaints.ts";

/** Fields of other versions of kubeadm's configuration, or of none. */
export const foreignFields: Rule = {
  id: "kubeadm-unknown-field",
  summary: "no document has a field or value that its apiVersion or this release does not know",
  reason:
    "kubeadm init and join only warn of an unknown field and go on without it: a mistyped certSANs makes a certificate without the virtual IP; an unknown value stops them (https://github.com/kubernetes/kubeadm/issues/1828)",
  check: (spec) => [...complaints(spec, "field"), ...complaints(spec, "release")],
};
