import type { ClusterSpec } from "../../config/spec.ts";

/** What one kube-vip does, and where: a cluster may have one for its virtual IP and another for its services. */
export interface Job {
  readonly controlPlane: boolean;
  readonly services: boolean;
  readonly as: "static-pod" | "daemon-set";
}

/** The kube-vips of a cluster; none where nobody needs one. */
export function jobsOf(spec: ClusterSpec): readonly Job[] {
  const services = spec.serviceLoadBalancer;
  const controlPlane = spec.virtualIP.provider === "kube-vip";
  // It has no package: the rule host-placement refuses systemd.
  const as: Job["as"] = spec.deployAs === "daemon-set" ? spec.deployAs : "static-pod";
  const together = controlPlane && services?.deployAs === as;
  return [
    ...(controlPlane ? [{ controlPlane, services: together, as }] : []),
    ...(services === undefined || together ? [] : [{ controlPlane: false, services: true, as: services.deployAs }]),
  ];
}
