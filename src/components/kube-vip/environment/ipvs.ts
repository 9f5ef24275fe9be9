import type { V1EnvVar } from "@kubernetes/client-node";

import type { ClusterSpec } from "../../../config/spec.ts";

/** The holder spreads connections over the API servers. */
export function ipvsEnvironment({ kubeVip: { ipvs }, apiServerPort }: ClusterSpec): readonly V1EnvVar[] {
  if (ipvs === undefined) return [];
  return [
    { name: "lb_enable", value: "true" },
    // Another port than the API servers' works on the holder only: https://github.com/kube-vip/kube-vip/issues/610
    { name: "lb_port", value: String(apiServerPort) },
    { name: "lb_fwdmethod", value: ipvs.forwardingMethod },
    { name: "backend_health_check_interval", value: String(ipvs.checkIntervalSeconds) },
  ];
}
