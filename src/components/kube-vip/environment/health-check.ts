import type { V1EnvVar } from "@kubernetes/client-node";

import type { Member } from "../member.ts";
import { nodeAddressEndpoint } from "../node-address.ts";
import { isSince } from "../release.ts";

/** The route is announced only while the API server of the node says that it lives. */
export function healthCheckEnvironment(member: Member): readonly V1EnvVar[] {
  if (!checksHealth(member)) return [];
  return [
    { name: "control_plane_health_check_address", value: `https://${server(member)}/livez` },
    { name: "control_plane_health_check_ca_path", value: healthCheckCA(member) },
    // How soon the route is there again: of its own accord kube-vip asks every 5 s. A routing table has an interval of its own.
    ...(member.spec.kubeVip.mode === "bgp"
      ? [{ name: "control_plane_health_check_period_seconds", value: String(periodSeconds) }]
      : []),
  ];
}

const periodSeconds = 3;

/** Whether kube-vip asks /livez by itself: BGP since v1.2.0, the routing table since v1.2.1. */
export function checksHealth({ spec, job }: Member): boolean {
  if (!job.controlPlane || !spec.kubeVip.bgp.healthCheck) return false;
  if (spec.kubeVip.mode === "routing-table") return isSince(spec, [1, 2, 1]);
  return spec.kubeVip.mode === "bgp" && isSince(spec, [1, 2, 0]);
}

/** Where the pod finds the CA of the API server's certificate. */
export function healthCheckCA({ job }: Member): string {
  return job.as === "daemon-set"
    ? "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt"
    : "/etc/kubernetes/pki/ca.crt";
}

/** A name or address that the certificate carries. */
function server(member: Member): string {
  const { spec, node, job } = member;
  if (job.as === "daemon-set") {
    const address = node.addresses[0]?.family === 6 ? "[$(KUBERNETES_SERVICE_HOST)]" : "$(KUBERNETES_SERVICE_HOST)";
    return `${address}:${spec.apiServerPort}`;
  }
  return spec.kubeVip.hosts === "address" ? nodeAddressEndpoint(spec, node) : `kubernetes:${spec.apiServerPort}`;
}
