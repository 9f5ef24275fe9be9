import type { V1EnvVar } from "@kubernetes/client-node";

import type { ClusterSpec } from "../../../config/spec.ts";
import { isSince } from "../release.ts";

/** What makes kube-vip hold the addresses of LoadBalancer services. */
export function servicesEnvironment(spec: ClusterSpec): readonly V1EnvVar[] {
  const { serviceLoadBalancer: services } = spec;
  if (services === undefined) return [];
  const { egress } = services;
  return [
    { name: "svc_enable", value: "true" },
    { name: "svc_leasename", value: "plndr-svcs-lock" },
    ...(services.electionPerService ? [{ name: "svc_election", value: "true" }] : []),
    // With legacy handling services without a class would be served too.
    ...(services.class === undefined
      ? []
      : [
          { name: "lb_class_legacy_handling", value: "false" },
          { name: "lb_class_name", value: services.class },
        ]),
    ...(services.onlyServicePorts ? [{ name: "enable_service_security", value: "true" }] : []),
    ...(egress?.podCIDR === undefined ? [] : [{ name: "egress_podcidr", value: egress.podCIDR }]),
    ...(egress?.serviceCIDR === undefined ? [] : [{ name: "egress_servicecidr", value: egress.serviceCIDR }]),
    // Rules of an earlier run would lead connections of pods that are gone.
    ...(egress === undefined
      ? []
      : [{ name: isSince(spec, [1, 0, 0]) ? "egress_clean" : "EGRESS_CLEAN", value: "true" }]),
  ];
}
