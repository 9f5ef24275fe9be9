import type { ClusterSpec } from "../config/spec.ts";
import type { PortUse } from "./component.ts";
import { listenAddress } from "./listen-address.ts";

/** The ports of a balancer on the nodes that may hold the virtual IP. */
export function balancerPorts(spec: ClusterSpec, program: string, health: string): readonly PortUse[] {
  return [
    {
      port: spec.loadBalancer.port,
      protocol: "tcp",
      bind: listenAddress(spec),
      from: "clients",
      why: `the Kubernetes API through ${program}`,
    },
    ...spec.extraPorts.map((port): PortUse => ({
      port,
      protocol: "tcp",
      bind: listenAddress(spec),
      from: "clients",
      why: `a further port of the control-plane nodes, through ${program}`,
    })),
    {
      port: spec.loadBalancer.healthPort,
      protocol: "tcp",
      bind: "127.0.0.1",
      from: "loopback",
      why: health,
    },
  ];
}
