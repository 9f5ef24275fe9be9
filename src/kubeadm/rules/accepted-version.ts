import { type Behaviour, behaviour, minorsWhere } from "../../config/kubernetes-behaviour.ts";
import type { Rule } from "../../config/rule.ts";
import { kubeadmGroup } from "../api-version.ts";
import { problemAt } from "./at.ts";

/** kubeadm refuses versions of its configuration that are too old or too new for it. */
export const acceptedVersion: Rule = {
  id: "kubeadm-api-version",
  summary: "kubeadm's documents have an apiVersion that the kubeadm of this release accepts",
  reason:
    "v1beta4 came with Kubernetes 1.31 and v1beta3 went with 1.37 (https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/)",
  check(spec) {
    const row = behaviour(spec.kubernetesVersion);
    const release = spec.kubernetesVersion.text;
    return spec.kubeadmDocuments
      .filter((document) => document.apiVersion.startsWith(`${kubeadmGroup}/`))
      .flatMap((document) => {
        const version = document.apiVersion.slice(kubeadmGroup.length + 1);
        const place = { document, path: ["apiVersion"] };
        const remedy = remedyFor(version, row);
        if (!row.accepts.some((accepted) => accepted === version)) {
          const message = `kubeadm ${release} does not accept ${document.apiVersion}`;
          return [problemAt(place, { severity: "error", message, remedy })];
        }
        if (!row.deprecates.some((deprecated) => deprecated === version)) return [];
        const message = `kubeadm ${release} warns of ${document.apiVersion}, and 1.37 refuses it`;
        return [problemAt(place, { severity: "warning", message, remedy })];
      });
  },
};

// `kubeadm config migrate` reads what its own release accepts and writes the newest form: it never goes back.
function remedyFor(version: string, { accepts, apiVersion }: Behaviour): string {
  const wanted = `${kubeadmGroup}/${apiVersion}`;
  if (version === "v1beta4") {
    const { first } = minorsWhere((row) => row.accepts.includes(version));
    return `write it as ${wanted}, or use Kubernetes 1.${first} or newer`;
  }
  if (version !== "v1beta3") return `write it as ${wanted}`;
  const migrate = `rewrite it as ${wanted}: kubeadm config migrate --old-config FILE --new-config FILE`;
  if (accepts.includes(version)) return migrate;
  const { first, last } = minorsWhere((row) => row.deprecates.includes(version));
  return `${migrate} with a kubeadm of 1.${first} to 1.${last}`;
}
