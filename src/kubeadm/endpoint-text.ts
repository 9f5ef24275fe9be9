import type { ClusterSpec } from "../config/spec.ts";
import { bracketed } from "../net/address.ts";

/** The endpoint as kubeadm wants it: always with a port, since kubeadm would put its own bindPort there. */
export function endpointText({ endpoint }: ClusterSpec): string {
  return `${bracketed(endpoint.host)}:${endpoint.port}`;
}
