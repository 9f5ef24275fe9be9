import type { Rule } from "../../config/rule.ts";
import { kubeadmGroup } from "../api-version.ts";
import { unknownKindSaying } from "../unknown-kind.ts";
import { problemAt } from "./at.ts";

/** A document of a kind that does not exist is read by nobody. */
export const unknownKind: Rule = {
  id: "kubeadm-unknown-kind",
  summary: `every document of ${kubeadmGroup} has a kind of its apiVersion`,
  reason:
    "kubeadm init and join only warn of an unknown kind and take defaults for what it says; kubeadm config validate refuses it (https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/util/config/initconfiguration.go)",
  check(spec) {
    return spec.kubeadmDocuments.flatMap((document) => {
      const saying = unknownKindSaying(document.apiVersion, document.kind);
      return saying === undefined ? [] : [problemAt({ document, path: ["kind"] }, { severity: "error", ...saying })];
    });
  },
};
