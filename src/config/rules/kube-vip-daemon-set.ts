import type { Rule } from "../rule.ts";
import { controlPlaneNodes } from "../spec.ts";
import { refuseIf } from "./refuse.ts";

/** Where one manifest for all nodes can hold the virtual IP. */
export const kubeVipDaemonSet: Rule = {
  id: "kube-vip-daemon-set",
  summary: "A DaemonSet is for kube-vip, with the same interface on every node.",
  reason:
    "keepalived and load balancers must run before there is a cluster; a DaemonSet has one manifest for all nodes",
  check: (spec) => {
    const services = spec.serviceLoadBalancer;
    const apart =
      services?.deployAs === "static-pod" && (spec.virtualIP.provider !== "kube-vip" || spec.deployAs === "daemon-set");
    const misplaced = refuseIf(apart, "serviceLoadBalancer.deployAs", [
      "services are served from a static pod only together with the virtual IP",
      "leave it out",
    ]);
    if (spec.deployAs !== "daemon-set") return misplaced;
    const interfaces = new Set(controlPlaneNodes(spec).map((node) => node.interface));
    return [
      ...misplaced,
      ...refuseIf(spec.virtualIP.provider !== "kube-vip" || spec.loadBalancer.provider !== "none", "deployAs", [
        "only kube-vip runs as a DaemonSet, and without a load balancer",
        "use static-pod",
      ]),
      ...refuseIf(interfaces.size > 1, "deployAs", [
        `a DaemonSet has one interface for all nodes, here are ${[...interfaces].map((name) => name ?? "none").join(", ")}`,
        "leave them out, and kube-vip uses that of the default route, or use static-pod",
      ]),
    ];
  },
};
