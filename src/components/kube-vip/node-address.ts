import { type ClusterSpec, type NodeSpec, nodeAddress } from "../../config/spec.ts";
import { bracketed } from "../../net/address.ts";

/** The API server of a node by the node's own address, which kubeadm puts into its certificate. */
export function nodeAddressEndpoint(spec: ClusterSpec, node: NodeSpec): string {
  return `${bracketed(nodeAddress(node, undefined).text)}:${spec.apiServerPort}`;
}
