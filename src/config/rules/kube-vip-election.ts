import type { Rule } from "../rule.ts";
import { refuseIf } from "./refuse.ts";

/** An election in etcd has no client of the Kubernetes API beside it. */
export const kubeVipElection: Rule = {
  id: "kube-vip-election",
  summary: "An election by etcd goes with ARP on nodes of kubeadm, without services, IPVS or labels.",
  reason:
    "with it kube-vip makes no client of the Kubernetes API, which all of these need: https://github.com/kube-vip/kube-vip/blob/v1.2.3/pkg/manager/manager.go",
  check: (spec) => {
    const { virtualIP, kubeVip, serviceLoadBalancer, distribution, deployAs } = spec;
    if (virtualIP.provider !== "kube-vip" || kubeVip.election !== "etcd") return [];
    const path = "kubeVip.election";
    return [
      ...refuseIf(serviceLoadBalancer?.deployAs === deployAs, path, [
        "etcd cannot be the place of the election of a kube-vip that serves services",
        "use lease, or serviceLoadBalancer.deployAs: daemon-set",
      ]),
      ...refuseIf(kubeVip.ipvs !== undefined, path, [
        "etcd cannot be the place of the election with IPVS balancing, which follows the nodes in the Kubernetes API",
        "use lease, or remove kubeVip.ipvs",
      ]),
      ...refuseIf(kubeVip.nodeLabeling, path, [
        "etcd cannot be the place of the election where nodes are labelled through the Kubernetes API",
        "use lease, or remove kubeVip.nodeLabeling",
      ]),
      ...refuseIf(kubeVip.mode !== "arp", path, [
        `in mode ${kubeVip.mode} nobody is elected`,
        "leave it out: every node announces the address",
      ]),
      ...refuseIf(distribution !== "kubeadm" || deployAs === "daemon-set", path, [
        "the pod needs the certificates of the etcd on its node, where kubeadm puts them",
        "use lease",
      ]),
    ];
  },
};
