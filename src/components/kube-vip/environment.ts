import type { V1EnvVar } from "@kubernetes/client-node";

import { bgpEnvironment } from "./environment/bgp.ts";
import { controlPlaneEnvironment, subnetEnvironment } from "./environment/control-plane.ts";
import { electionEnvironment } from "./environment/election.ts";
import { healthCheckEnvironment } from "./environment/health-check.ts";
import { inClusterEnvironment } from "./environment/in-cluster.ts";
import { ipvsEnvironment } from "./environment/ipvs.ts";
import { routingTableEnvironment } from "./environment/routing-table.ts";
import { servicesEnvironment } from "./environment/services.ts";
import type { Member } from "./member.ts";
import { nodeAddressEndpoint } from "./node-address.ts";

/** kube-vip's settings. Every value is a string and every name occurs once; what the user adds in extraEnv replaces ours. */
export function kubeVipEnvironment(member: Member): V1EnvVar[] {
  const { spec, job } = member;
  const { kubeVip } = spec;
  const ours: readonly V1EnvVar[] = [
    ...inClusterEnvironment(member),
    { name: "vip_arp", value: String(kubeVip.mode === "arp") },
    { name: "port", value: String(spec.apiServerPort) },
    { name: "vip_nodename", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
    ...localAddress(member),
    ...interfaces(member),
    ...subnetEnvironment(member),
    ...(job.controlPlane ? controlPlaneEnvironment(member) : []),
    ...(job.services ? servicesEnvironment(spec) : []),
    ...electionEnvironment(member),
    ...(kubeVip.nodeLabeling && job.controlPlane ? [{ name: "enable_node_labeling", value: "true" }] : []),
    ...(kubeVip.mode === "routing-table" ? routingTableEnvironment(spec) : []),
    ...(kubeVip.mode === "bgp" ? bgpEnvironment(member) : []),
    ...healthCheckEnvironment(member),
    ...(job.controlPlane ? ipvsEnvironment(spec) : []),
    ...(job.controlPlane ? [{ name: "address", value: addressText(member) }] : []),
    // Empty would be ignored and leave the default :2112; an argument switches metrics off.
    ...(metricsAddress(member) === "" ? [] : [{ name: "prometheus_server", value: metricsAddress(member) }]),
    ...onLoss(member),
  ];
  const extra = Object.keys(kubeVip.extraEnv).toSorted();
  return [
    ...ours.filter(({ name }) => !extra.includes(name)),
    ...extra.map((name) => ({ name, value: kubeVip.extraEnv[name] ?? "" })),
  ];
}

/** Apart from the control plane none: two kube-vips of one node would want the same port. */
export function metricsAddress({ spec, job }: Member): string {
  return job.controlPlane || spec.virtualIP.provider !== "kube-vip" ? spec.kubeVip.metricsAddress : "";
}

function localAddress({ spec, node, job }: Member): readonly V1EnvVar[] {
  if (spec.kubeVip.hosts !== "address" || job.as !== "static-pod" || spec.kubeVip.election === "etcd") return [];
  return [{ name: "kubernetes_addr", value: nodeAddressEndpoint(spec, node) }];
}

/** A routed address belongs to no network interface: on lo no machine of the segment asks for it by ARP. */
function interfaces({ spec, node, job }: Member): readonly V1EnvVar[] {
  // Services apart are served on all nodes, not on that of the manifest alone.
  const own = job.controlPlane ? node.interface : spec.virtualIP.interface;
  const name = spec.kubeVip.mode === "bgp" ? "lo" : own;
  const ofServices = job.services ? spec.serviceLoadBalancer?.interface : undefined;
  return [
    ...(name === undefined ? [] : [{ name: "vip_interface", value: name }]),
    ...(ofServices === undefined ? [] : [{ name: "vip_servicesinterface", value: ofServices }]),
  ];
}

function addressText({ spec }: Member): string {
  const { dns } = spec.kubeVip;
  return (
    dns?.name ??
    spec.virtualIP.addresses
      .toSorted((a, b) => a.family - b.family)
      .map(({ text }) => text)
      .join(",")
  );
}

function onLoss({ spec: { kubeVip }, job }: Member): readonly V1EnvVar[] {
  if (!job.controlPlane) return [];
  const { preserveOnLeadershipLoss, loseLeadershipAfterSeconds } = kubeVip;
  return [
    ...(preserveOnLeadershipLoss ? [{ name: "vip_preserve_on_leadership_loss", value: "true" }] : []),
    // Two variables: kube-vip's own generator writes the first name twice, and ends at the second value.
    ...(loseLeadershipAfterSeconds === undefined
      ? []
      : [
          { name: "vip_loseleadership", value: "true" },
          { name: "vip_loseleadership_timeout_seconds", value: String(loseLeadershipAfterSeconds) },
        ]),
  ];
}
