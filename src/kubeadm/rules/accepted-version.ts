import type { Rule } from "../../config/rule.ts";
import { acceptanceOf } from "../accepted-version.ts";
import { kubeadmGroup } from "../api-version.ts";
import { problemAt } from "./at.ts";

/** kubeadm refuses versions of its configuration that are too old or too new for it. */
export const acceptedVersion: Rule = {
  id: "kubeadm-api-version",
  summary: "kubeadm's documents have an apiVersion that the kubeadm of this release accepts",
  reason:
    "v1beta4 came with Kubernetes 1.31 and v1beta3 went with 1.37 (https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/)",
  check(spec) {
    return spec.kubeadmDocuments
      .filter((document) => document.apiVersion.startsWith(`${kubeadmGroup}/`))
      .flatMap((document) => {
        const acceptance = acceptanceOf(document.apiVersion, spec.kubernetesVersion);
        if (acceptance === undefined) return [];
        const { accepted, message, remedy } = acceptance;
        const severity = accepted ? "warning" : "error";
        return [problemAt({ document, path: ["apiVersion"] }, { severity, message, remedy })];
      });
  },
};
