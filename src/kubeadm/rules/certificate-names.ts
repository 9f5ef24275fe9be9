import type { Rule } from "../../config/rule.ts";
import { addedByKubeadm, certificateFacts } from "../certificate-names.ts";
import { itemsOf, problemAt } from "./at.ts";

/** Names that need not be written. */
export const redundantNames: Rule = {
  id: "kubeadm-redundant-san",
  summary: "certSANs holds only what kubeadm does not add itself",
  reason:
    "every API server's certificate has the node's name and address, the service's names and the endpoint's host (https://kubernetes.io/docs/setup/best-practices/certificates/)",
  check(spec) {
    const remedy = "nothing need be done; it may be removed";
    const ours = spec.certSANs.map((name, index) => ({
      name,
      report: (message: string) => ({ severity: "info" as const, path: `certSANs[${index}]`, message, remedy }),
    }));
    const documents = itemsOf(spec, "ClusterConfiguration", ["apiServer", "certSANs"]).map((place) => ({
      name: String(place.value),
      report: (message: string) => problemAt(place, { severity: "info", message, remedy }),
    }));
    return [...ours, ...documents].flatMap(({ name, report }) => {
      const source = addedByKubeadm(certificateFacts(spec), name);
      return source === undefined ? [] : [report(`"${name}" is already added by kubeadm: ${source}`)];
    });
  },
};
