import { findDocument, type KubeadmDocument, valueAt } from "../config/kubeadm-documents.ts";
import type { ClusterSpec } from "../config/spec.ts";
import { addressBits } from "../net/address.ts";
import type { Change } from "./change.ts";

/**
 * What kube-proxy in IPVS mode must leave to kube-vip: it removes virtual servers that it does not know
 * (https://github.com/kube-vip/kube-vip/issues/454), and lets every node answer for the services' addresses
 * unless strictARP is set. Nothing where the user's documents choose no such mode.
 */
export function kubeProxyConfiguration(spec: ClusterSpec): Change | undefined {
  if (valueAt(kubeProxyDocument(spec), ["mode"]) !== "ipvs") return undefined;
  const { kubeVip, virtualIP, serviceLoadBalancer } = spec;
  const holds = virtualIP.provider === "kube-vip";
  const excluded = valueAt(kubeProxyDocument(spec), ["ipvs", "excludeCIDRs"]);
  const present = Array.isArray(excluded) ? excluded.map(String) : [];
  const own = virtualIP.addresses.map(({ text, family }) => `${text}/${addressBits(family)}`);
  const arp = kubeVip.mode === "arp" && (holds || serviceLoadBalancer !== undefined);
  return {
    set: {
      ipvs: {
        excludeCIDRs: holds && kubeVip.ipvs !== undefined ? own.filter((text) => !present.includes(text)) : [],
        strictARP: arp ? true : undefined,
      },
    },
    remove: [],
    comments: {
      "ipvs.excludeCIDRs": "kube-vip's own virtual server, which kube-proxy would remove.",
      "ipvs.strictARP": "Only the holder of an address answers for it.",
    },
  };
}

/** The user's KubeProxyConfiguration, if there is one. */
export function kubeProxyDocument(spec: ClusterSpec): KubeadmDocument | undefined {
  return findDocument(spec.kubeadmDocuments, "KubeProxyConfiguration", "kubeproxy.config.k8s.io");
}
