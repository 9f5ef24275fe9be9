import { valueAt } from "../../config/kubeadm-documents.ts";
import type { Rule } from "../../config/rule.ts";
import { isWantedMap } from "../change.ts";
import { kubeProxyConfiguration, kubeProxyDocument } from "../kube-proxy-configuration.ts";
import { problemAt } from "./at.ts";

/** strictARP is not ours to turn round. */
export const strictARP: Rule = {
  id: "strict-arp",
  summary: "kube-proxy in IPVS mode does not answer for the addresses that kube-vip announces by ARP",
  reason:
    "IPVS puts every service's address on an interface of every node, and all of them would answer: https://kube-vip.io/docs/modes/arp/",
  check: (spec) => {
    const document = kubeProxyDocument(spec);
    const path = ["ipvs", "strictARP"];
    const wanted = kubeProxyConfiguration(spec)?.set["ipvs"];
    const asks = wanted !== undefined && isWantedMap(wanted) && wanted["strictARP"] === true;
    return asks && document !== undefined && valueAt(document, path) === false
      ? [
          problemAt(
            { document, path },
            {
              severity: "error",
              message: "is false, and kube-vip announces addresses by ARP",
              remedy: "write true, or remove it, and it is added",
            },
          ),
        ]
      : [];
  },
};
