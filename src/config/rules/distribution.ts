import { distributions } from "../distributions.ts";
import type { Rule } from "../rule.ts";
import { refuseIf } from "./refuse.ts";

/** What works on clusters that kubeadm does not install. */
export const distribution: Rule = {
  id: "distribution",
  summary: "On other distributions than kubeadm kube-vip alone is set up.",
  reason:
    "checks of keepalived and haproxy use kubeadm's certificates, and these distributions balance their nodes' connections themselves",
  check: (spec) => {
    const name = spec.distribution;
    if (name === "kubeadm")
      return refuseIf(
        spec.virtualIP.provider !== "kube-vip" && spec.kubeconfigPath !== distributions.kubeadm.kubeconfig,
        "kubeconfigPath",
        [`is read by kube-vip only, and ${spec.virtualIP.provider} holds the virtual IP`, "remove the key"],
      );
    return [
      ...refuseIf(spec.virtualIP.provider === "keepalived", "virtualIP.provider", [
        `${spec.virtualIP.provider} is not set up on ${name}: its check needs kubeadm's files`,
        "use kube-vip",
      ]),
      ...refuseIf(spec.loadBalancer.provider !== "none", "loadBalancer.provider", [
        `${spec.loadBalancer.provider} is not set up on ${name}: its checks need kubeadm's files, and ${name} has a balancer of its own on every node`,
        "leave it out",
      ]),
      ...refuseIf(spec.workerProxy !== undefined, "workerProxy", [
        `${name} has a balancer of its own on every node`,
        "remove the key",
      ]),
      ...refuseIf(spec.kubeadmDocuments.length > 0, "distribution", [
        `there are documents of kubeadm, which ${name} does not read`,
        "remove them, or leave distribution out",
      ]),
      ...refuseIf(name !== "rke1" && spec.apiServerPort !== 6443, "localAPIEndpoint.bindPort", [
        `${name} serves its API on 6443`,
        "leave --apiserver-bind-port out",
      ]),
    ];
  },
};
