import type { Rule } from "../rule.ts";
import { runsLoadBalancer } from "../spec.ts";
import { refuseIf } from "./refuse.ts";

/** What a group of machines that nobody listed can run. */
export const poolProvider: Rule = {
  id: "pool-provider",
  summary: "Machines without a list of nodes run kube-vip alone, or nothing behind an external load balancer.",
  reason:
    "keepalived and haproxy name every node in their files; machines that come and go have no names or addresses beforehand",
  check: (spec) => [
    ...(spec.virtualIP.provider !== "keepalived"
      ? []
      : [
          {
            severity: "error" as const,
            path: "virtualIP.provider",
            message: `${spec.virtualIP.provider} needs the address of every node, and these machines get theirs when they are made`,
            remedy:
              "use kube-vip, which elects its holder through the Kubernetes API, or loadBalancer.provider external",
          },
        ]),
    ...(!runsLoadBalancer(spec)
      ? []
      : [
          {
            severity: "error" as const,
            path: "loadBalancer.provider",
            message: `${spec.loadBalancer.provider} needs the address of every API server, and these machines get theirs when they are made`,
            remedy: "leave it out: with kube-vip clients use the API server of the machine that holds the virtual IP",
          },
        ]),
    ...refuseIf(spec.deployAs === "daemon-set", "deployAs", [
      "a DaemonSet is given to the cluster once, not to machines that come and go",
      "use static-pod",
    ]),
    ...refuseIf(spec.kubeVip.mode === "bgp", "kubeVip.mode", [
      "every machine needs a BGP router id of its own, and these machines get their addresses when they are made",
      "use arp, or a list of nodes",
    ]),
    ...refuseIf(spec.hosts, "hosts", [
      "is kept by a service of the host, which nobody starts on these machines",
      "leave it out, and let DNS know the name",
    ]),
    ...refuseIf(spec.kubeVip.hosts === "address", "kubeVip.hosts", [
      "these machines get their addresses when they are made",
      "leave it out",
    ]),
  ],
};
