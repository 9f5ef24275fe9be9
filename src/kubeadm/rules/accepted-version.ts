import type { Rule } from "../../config/rule.ts";
import { kubeadmGroup } from "../api-version.ts";
import { behaviour } from "../versions.ts";
import { problemAt } from "./at.ts";

/** kubeadm refuses versions of its configuration that are too old or too new for it. */
export const acceptedVersion: Rule = {
  id: "kubeadm-api-version",
  summary: "kubeadm's documents have an apiVersion that the kubeadm of this release accepts",
  reason:
    "v1beta4 came with Kubernetes 1.31 and v1beta3 went with 1.37 (https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/)",
  check(spec) {
    const { accepts, deprecates, apiVersion } = behaviour(spec.kubernetesVersion);
    const release = spec.kubernetesVersion.text;
    return spec.kubeadmDocuments
      .filter((document) => document.apiVersion.startsWith(`${kubeadmGroup}/`))
      .flatMap((document) => {
        const version = document.apiVersion.slice(kubeadmGroup.length + 1);
        const remedy = `rewrite it as ${kubeadmGroup}/${apiVersion}: kubeadm config migrate --old-config FILE --new-config FILE`;
        const place = { document, path: ["apiVersion"] };
        if (!accepts.some((accepted) => accepted === version)) {
          return [
            problemAt(place, {
              severity: "error",
              message: `kubeadm ${release} does not accept ${document.apiVersion}`,
              remedy,
            }),
          ];
        }
        if (!deprecates.some((deprecated) => deprecated === version)) return [];
        return [
          problemAt(place, {
            severity: "warning",
            message: `kubeadm ${release} warns of ${document.apiVersion}, and 1.37 refuses it`,
            remedy,
          }),
        ];
      });
  },
};
